package org.rollcall.verify;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** What waits for a person. */
public final class Attention {
  /** A group whose members nobody compared for so long is stale. */
  public static final Duration STALE = Duration.ofDays(2);

  private final Store store;
  private final Clock clock;

  public Attention(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * What waits in one sync.
   *
   * @param heldRun whose plan waits for a word, absent when none does
   * @param conflicts of addresses
   * @param deadLetters open ones, 10,000 at most
   * @param staleGroups that synchronise and were not compared with the source for two days
   * @param groups all there are
   */
  public record OfSync(
      String sync,
      @Nullable Long heldRun,
      long conflicts,
      long deadLetters,
      long staleGroups,
      long groups) {}

  public List<OfSync> bySync() {
    return store.transaction(
        connection ->
            Query.named(connection, "verify/attention")
                .bind("stale", clock.instant().minus(STALE))
                .list(
                    row ->
                        new OfSync(
                            row.getString("sync"),
                            row.getObject("held_run", Long.class),
                            row.getLong("conflicts"),
                            row.getLong("letters"),
                            row.getLong("stale_groups"),
                            row.getLong("groups"))));
  }
}
