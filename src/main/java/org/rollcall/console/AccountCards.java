package org.rollcall.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.AccountState;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.SyncSettings;

/** How the accounts stand: connected as whom, what troubles them, and what is left of the day. */
public final class AccountCards {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hub hub;
  private final Upcoming upcoming;
  private final Clock clock = Clock.systemUTC();

  AccountCards(Hub hub, Upcoming upcoming) {
    this.hub = hub;
    this.upcoming = upcoming;
  }

  /**
   * One account.
   *
   * @param state absent before it was ever connected
   * @param used requests of this UTC day, of all accounts with the same API key
   * @param expected what they will have become by midnight UTC, when runs to come cost what their
   *     last ones did
   */
  public record Card(
      AccountSettings account, @Nullable AccountState state, long used, long expected) {
    public String name() {
      return account.name();
    }

    public boolean connected() {
      return state != null && state.connected();
    }

    /** Connected, or to be connected by the settings' refresh token with the first call. */
    public boolean needsPerson() {
      return state == null ? account.refreshToken() == null : !state.connected();
    }

    public String words() {
      if (state == null) {
        return account.refreshToken() == null
            ? "not connected yet"
            : "connects with its first call";
      }
      return state.connected() ? "connected" : "has to be connected again";
    }

    public String badge() {
      return needsPerson() ? "bad" : state == null ? "wait" : "good";
    }

    public long perDay() {
      return account.requestsPerDay();
    }

    /** In percent. */
    public long usedShare() {
      return Math.min(100, used * 100 / Math.max(1, perDay()));
    }

    public boolean nearlySpent() {
      return Math.max(used, expected) * 10 >= perDay() * 9;
    }
  }

  List<Card> all() {
    return hub.settings().accounts().values().stream().map(this::card).toList();
  }

  private Card card(AccountSettings account) {
    long used = hub.budget().usedToday(account.clientId());
    long toCome =
        hub.settings().syncs().values().stream()
            .filter(sync -> sync.account().equals(account.name()))
            .filter(this::runsToday)
            .mapToLong(this::lastRequests)
            .sum();
    return new Card(account, hub.tokens().state(account).orElse(null), used, used + toCome);
  }

  private boolean runsToday(SyncSettings sync) {
    Instant midnight =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    return upcoming.next(sync.name()).filter(next -> next.isBefore(midnight)).isPresent();
  }

  private long lastRequests(SyncSettings sync) {
    return Job.OF_A_SYNC.stream()
        .flatMap(job -> hub.runs().latestWhole(sync.name(), job).stream())
        .mapToLong(AccountCards::requests)
        .sum();
  }

  private static long requests(Runs.Record run) {
    try {
      return JSON.readTree(run.counts()).path("requests").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the counts of run " + run.id(), e);
    }
  }
}
