package org.rollcall.user;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Who did what. Entries are only ever added. */
public final class Audit {
  private final Store store;
  private final Clock clock;

  public Audit(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Where somebody did it. */
  public enum Through {
    CONSOLE,
    COMMAND,
    API
  }

  /**
   * One thing that somebody did.
   *
   * @param what in the past, such as "approved a plan"
   * @param about which run, group, member key or user; never an address
   */
  public record Entry(
      long id,
      Instant at,
      String who,
      String through,
      String what,
      @Nullable String sync,
      @Nullable String about) {}

  public void note(
      Through through, String who, String what, @Nullable String sync, @Nullable String about) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "INSERT INTO audit (at, who, through, what, sync, about)"
                        + " VALUES (:now, :who, :through, :what, :sync, :about)")
                .bind("now", clock.instant())
                .bind("who", who)
                .bind("through", through.name().toLowerCase(java.util.Locale.ROOT))
                .bind("what", what)
                .bind("sync", sync)
                .bind("about", about)
                .update());
  }

  /**
   * The newest first.
   *
   * @param before only entries with a smaller id; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Entry> entries(long before, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT audit_id, at, who, through, what, sync, about FROM audit"
                        + " WHERE audit_id < :before ORDER BY audit_id DESC LIMIT :most")
                .bind("before", before)
                .bind("most", atMost)
                .list(
                    row ->
                        new Entry(
                            row.getLong(1),
                            Objects.requireNonNull(Query.instant(row, "at")),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7))));
  }
}
