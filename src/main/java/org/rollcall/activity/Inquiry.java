package org.rollcall.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.ContactActivity;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Asks the provider what one member did, for a person who wants to know it now. Nothing of the
 * answer is kept: its rows have no link, and the campaigns' reports give the same once more.
 */
public final class Inquiry {
  /** Pages of one contact that are read at most. */
  private static final int PAGES = 3;

  private final Store store;
  private final Clock clock;

  public Inquiry(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Told {
    /** The sync has no such member. */
    record Nobody() implements Told {}

    /** There is nobody to ask about, or no request left to ask with. */
    record Nothing(String why) implements Told {}

    /**
     * @param rows the newest first
     * @param more the provider has older ones, which were not asked for
     * @param unread rows that made no sense
     */
    record Activities(List<Row> rows, boolean more, long unread) implements Told {
      /** What has to be said beside the rows. */
      public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (rows.isEmpty() && unread == 0) {
          notes.add("the provider knows of nothing that was done");
        }
        if (more) {
          notes.add("there is more; these are the newest " + rows.size());
        }
        if (unread > 0) {
          notes.add(unread + " more cannot be read; see at the provider");
        }
        return notes;
      }
    }
  }

  /**
   * Something the member did.
   *
   * @param what as in {@link ActivityLog.Entry#what}
   * @param campaignId absent as long as the campaign has not been read
   * @param known whether the hub has it already
   */
  public record Row(
      String memberKey,
      String what,
      @Nullable String campaignId,
      String campaign,
      Instant at,
      boolean known) {}

  /**
   * Makes as many requests as there are pages, each of today's share.
   *
   * @throws ProviderException when the provider does not answer, or the account has to be connected
   *     again
   */
  public Told ask(Run run, Provider provider, String member) {
    List<String> contacts = contacts(run, member);
    if (contacts.isEmpty()) {
      return new Told.Nobody();
    }
    Asking asking = new Asking(run, provider, member);
    return asking.told(contacts.stream().filter(contact -> !contact.isEmpty()).toList());
  }

  private List<String> contacts(Run run, String member) {
    return store.transaction(
        connection ->
            Query.named(connection, "activity/contacts_of")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .bind("member", member)
                .list(row -> row.getString(1)));
  }

  private final class Asking {
    private final Run run;
    private final Provider provider;
    private final String member;
    private final Share share;
    private final List<Row> rows = new ArrayList<>();
    private boolean more;
    private long unread;

    Asking(Run run, Provider provider, String member) {
      this.run = run;
      this.provider = provider;
      this.member = member;
      this.share = new Share(store, clock, run);
    }

    Told told(List<String> contacts) {
      if (contacts.isEmpty()) {
        return new Told.Nothing("the member has no contact at the provider, as far as is known");
      }
      if (share.left() == 0) {
        return new Told.Nothing(share.refusal());
      }
      if (contacts.stream().filter(this::isTold).count() == 0) {
        return new Told.Nothing("the provider does not know the member's contact any more");
      }
      rows.sort(Comparator.comparing(Row::at).reversed());
      return new Told.Activities(List.copyOf(rows), more, unread);
    }

    private boolean isTold(String contact) {
      List<ContactActivity> found = new ArrayList<>();
      @Nullable String next = null;
      try {
        for (int page = 0;
            page < PAGES && (page == 0 || next != null && share.left() > 0);
            page++) {
          share.spend();
          Page<ContactActivity> answer = provider.readContactActivities(contact, next);
          found.addAll(answer.items());
          unread += answer.given() - answer.items().size();
          next = answer.next();
        }
      } catch (ProviderException e) {
        if (e.verdict() != Verdict.NOT_FOUND) {
          throw e;
        }
        return false;
      }
      more |= next != null;
      mark(contact, found);
      return true;
    }

    private void mark(String contact, List<ContactActivity> found) {
      Iterator<ContactActivity> each = found.iterator();
      store.run(
          connection ->
              Query.named(connection, "activity/known")
                  .bind("account", run.account())
                  .bind("contact", contact)
                  .bind("mailings", texts(found, ContactActivity::mailingId))
                  .bind("kinds", texts(found, one -> one.kind().word()))
                  .bind("times", texts(found, one -> one.at().toString()))
                  .each(row -> rows.add(marked(each.next(), row))));
    }

    private Row marked(ContactActivity one, ResultSet hub) throws SQLException {
      String name = one.campaign() == null ? hub.getString("name") : one.campaign();
      return new Row(
          member,
          one.kind().word(),
          hub.getString("campaign_id"),
          name == null ? "" : name,
          one.at(),
          hub.getBoolean("known"));
    }
  }

  private static String[] texts(
      List<ContactActivity> found, Function<ContactActivity, String> column) {
    return found.stream().map(column).toArray(String[]::new);
  }
}
