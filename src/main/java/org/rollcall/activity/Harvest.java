package org.rollcall.activity;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.Pages.Found;
import org.rollcall.activity.Pages.Kept;
import org.rollcall.activity.Pages.Mailing;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.ActivityPage;
import org.rollcall.provider.ActivityQuery;
import org.rollcall.provider.Provider;
import org.rollcall.provider.SeenActivity;
import org.rollcall.provider.UnreadRow;
import org.rollcall.run.Run;

/**
 * Reads what is new about one campaign after the other. A list is read from its newest row down: to
 * where everything counted is found, or to where the last reading began, with an overlap. Every
 * page is kept before the next one is asked for, and an interrupted reading goes on at its next
 * page.
 */
final class Harvest {
  /** Readings that may find less than was counted; the last of them goes down to the first row. */
  private static final int TRIES = 3;

  private final Run run;
  private final Provider provider;
  private final Pages pages;
  private final Share share;
  private final Predicate<String> erased;
  private final Instant oldest;
  private final Set<Integer> met = new HashSet<>();
  private final Set<Integer> gone = new HashSet<>();

  /**
   * @param erased addresses of people of whom nothing is kept
   * @param oldest what happened before is not kept
   */
  Harvest(
      Run run,
      Provider provider,
      Pages pages,
      Share share,
      Predicate<String> erased,
      Instant oldest) {
    this.run = run;
    this.provider = provider;
    this.pages = pages;
    this.share = share;
    this.erased = erased;
    this.oldest = oldest;
  }

  /** Ends the reading until the next run; what was read is kept. */
  static final class Spent extends RuntimeException {
    Spent() {
      super(null, null, false, false);
    }
  }

  /**
   * @throws Spent when the day's share is used up
   */
  void read(News news) {
    if (gone.contains(news.campaign())) {
      return;
    }
    try {
      if (news.unknown() && met.add(news.campaign())) {
        pages.note(run, news.campaign(), ask(news, () -> provider.readCampaign(news.campaignId())));
      }
      long left = readMailings(news);
      boolean given = left > 0 && news.tries() + 1 >= TRIES;
      pages.settle(run, news, left > 0, given);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.NOT_FOUND) {
        throw e;
      }
      gone.add(news.campaign());
      pages.gone(run, news.campaign());
    }
  }

  /** Opt-outs may use what is left of the day; everything else keeps to its share. */
  private <T> T ask(News news, Supplier<T> call) {
    run.stopIfAsked();
    if (news.kind() != ActivityKind.OPT_OUT && share.left() == 0) {
      throw new Spent();
    }
    share.spend();
    return call.get();
  }

  private long readMailings(News news) {
    long left = news.expected();
    for (Mailing mailing : pages.mailings(run, news.campaign(), news.kind())) {
      boolean resumed = mailing.next() != null;
      left = read(news, mailing);
      if (resumed && left > 0) {
        // what happened since that reading began stands above it
        left = read(news, reread(news, mailing));
      }
      if (left <= 0 && news.countable() && mailing.mark() != null) {
        return left;
      }
    }
    return left;
  }

  private Mailing reread(News news, Mailing mailing) {
    return pages.mailings(run, news.campaign(), news.kind()).stream()
        .filter(one -> one.number() == mailing.number())
        .findFirst()
        .orElse(mailing);
  }

  private long read(News news, Mailing mailing) {
    List<SeenActivity> before = List.of();
    @Nullable String link = mailing.next();
    @Nullable String beforeLink = null;
    @Nullable Instant top = mailing.top();
    while (true) {
      ActivityPage page = page(news, mailing, link);
      List<SeenActivity> rows = page.items();
      top = top == null && !rows.isEmpty() ? rows.get(0).at() : top;
      boolean last =
          page.next() == null || page.next().equals(link) || reached(news, mailing, rows);
      boolean apart = apart(news, mailing, before, beforeLink, rows);
      Found found = found(page, apart ? before : List.of());
      Kept kept = pages.keep(run, news, found, standing(mailing, top, last ? null : page.next()));
      count(news, kept);
      boolean enough = kept.left() <= 0 && news.countable() && mailing.mark() != null;
      if (last) {
        return kept.left();
      }
      if (enough) {
        pages.keep(run, news, Found.NOTHING, standing(mailing, top, null));
        return kept.left();
      }
      before = rows;
      beforeLink = link;
      link = page.next();
    }
  }

  private Found found(ActivityPage page, List<SeenActivity> before) {
    List<UnreadRow> unread =
        page.unread().stream().filter(row -> !isErased(row.address())).toList();
    long dropped = (long) page.unread().size() - unread.size();
    dropped += page.items().stream().filter(row -> !wanted(row)).count();
    return new Found(new Rows(page.items(), before, this::wanted), dropped, unread);
  }

  /** A stored link that the provider does not take any more begins anew. */
  private ActivityPage page(News news, Mailing mailing, @Nullable String link) {
    ActivityQuery query = new ActivityQuery(mailing.id(), news.kind());
    try {
      return ask(news, () -> provider.readActivities(query, link));
    } catch (ProviderException e) {
      boolean stale = e.verdict() == Verdict.REFUSED || e.verdict() == Verdict.NOT_FOUND;
      if (link == null || !stale || !link.equals(mailing.next())) {
        throw e;
      }
      return ask(news, () -> provider.readActivities(query, null));
    }
  }

  private boolean reached(News news, Mailing mailing, List<SeenActivity> rows) {
    Instant mark = mailing.mark();
    boolean whole = news.tries() + 1 >= TRIES;
    if (mark == null || whole || rows.isEmpty()) {
      return false;
    }
    Instant end = mark.minus(run.target().account().activities().overlap());
    return rows.get(rows.size() - 1).at().isBefore(end);
  }

  /** Whether equal rows on both sides of the border are certainly two events. */
  private boolean apart(
      News news,
      Mailing mailing,
      List<SeenActivity> before,
      @Nullable String beforeLink,
      List<SeenActivity> rows) {
    if (!Rows.touch(before, rows) || Rows.shifted(before, rows)) {
      return false;
    }
    return page(news, mailing, beforeLink).items().equals(before);
  }

  /** Where a reading stands that goes on at a link, or is at its end. */
  private static Mailing standing(Mailing mailing, @Nullable Instant top, @Nullable String next) {
    if (next != null) {
      return new Mailing(mailing.number(), mailing.id(), null, top, next);
    }
    Instant known = mailing.mark() == null ? Instant.EPOCH : mailing.mark();
    return new Mailing(mailing.number(), mailing.id(), top == null ? known : top, null, null);
  }

  private boolean wanted(SeenActivity row) {
    return !row.at().isBefore(oldest) && !isErased(row.address());
  }

  private boolean isErased(@Nullable String address) {
    return address != null && erased.test(address);
  }

  private void count(News news, Kept kept) {
    run.counts().activities += kept.added();
    run.counts().failed += kept.unread();
    run.counts().optOuts += news.kind() == ActivityKind.OPT_OUT ? kept.added() : 0;
    run.progress().at(run.counts().activities, 0);
  }
}
