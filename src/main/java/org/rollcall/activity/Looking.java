package org.rollcall.activity;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.CampaignCounts;
import org.rollcall.provider.CampaignTotals;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Finds out what there is to read, from the counts of all campaigns: one request for five hundred
 * of them, and one more for how often the newest were opened and clicked.
 */
final class Looking {
  private final Store store;
  private final Clock clock;

  Looking(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Campaigns sent before are of no interest any more. */
  Instant oldest(Run run) {
    return clock.instant().minus(run.target().account().activities().keep());
  }

  List<News> look(Run run, Provider provider, Share share) {
    run.progress().step("reading the counts of campaigns");
    counts(run, provider, share);
    totals(run, provider, share);
    return news(run);
  }

  /** What there is to read by the last counts, the newest campaign first. */
  List<News> news(Run run) {
    return store.transaction(
        connection ->
            Query.named(connection, "activity/news")
                .bind("account", run.account())
                .bind("oldest", oldest(run))
                .list(News::of));
  }

  private void counts(Run run, Provider provider, Share share) {
    Instant oldest = oldest(run);
    @Nullable String next = null;
    do {
      run.stopIfAsked();
      share.spend();
      Page<CampaignCounts> page = provider.readCampaignCounts(next);
      note(run, page.items().stream().filter(one -> !one.sentAt().isBefore(oldest)).toList());
      boolean past = page.items().stream().anyMatch(one -> one.sentAt().isBefore(oldest));
      next = past || page.items().isEmpty() ? null : page.next();
    } while (next != null);
  }

  private void note(Run run, List<CampaignCounts> campaigns) {
    List<String> ids = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<String> contacts = new ArrayList<>();
    for (CampaignCounts one : campaigns) {
      one.contacts()
          .forEach(
              (kind, count) -> {
                ids.add(one.campaignId());
                kinds.add(kind.word());
                contacts.add(count.toString());
              });
    }
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "activity/note_counts")
              .bind("account", run.account())
              .bind("ids", texts(campaigns.stream().map(CampaignCounts::campaignId).toList()))
              .bind(
                  "sentAt", texts(campaigns.stream().map(one -> one.sentAt().toString()).toList()))
              .bind(
                  "complaints",
                  texts(campaigns.stream().map(one -> Long.toString(one.complaints())).toList()))
              .bind("kindIds", texts(ids))
              .bind("kinds", texts(kinds))
              .bind("contacts", texts(contacts))
              .update();
        });
  }

  private void totals(Run run, Provider provider, Share share) {
    List<String> newest =
        store.transaction(
            connection ->
                Query.named(connection, "activity/newest")
                    .bind("account", run.account())
                    .bind("oldest", oldest(run))
                    .bind("most", provider.reportLimits().campaigns())
                    .list(row -> row.getString(1)));
    if (newest.isEmpty()) {
      return;
    }
    run.stopIfAsked();
    share.spend();
    List<CampaignTotals> totals = provider.readCampaignTotals(newest);
    List<String> ids = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    List<String> events = new ArrayList<>();
    for (CampaignTotals one : totals) {
      for (ActivityKind kind : one.events().keySet()) {
        ids.add(one.campaignId());
        kinds.add(kind.word());
        events.add(String.valueOf(one.events().get(kind)));
      }
    }
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "activity/note_totals")
              .bind("account", run.account())
              .bind("ids", texts(ids))
              .bind("kinds", texts(kinds))
              .bind("events", texts(events))
              .update();
        });
  }

  private static String[] texts(List<String> values) {
    return values.toArray(String[]::new);
  }
}
