package org.rollcall.user;

import java.sql.ResultSet;
import java.sql.SQLException;
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
    API,
    JMX
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
   * Which entries somebody wants to see.
   *
   * @param sync about this sync, or all when absent
   * @param who of this user, whatever the case, or of all when absent
   */
  public record Filter(@Nullable String sync, @Nullable String who) {
    public static final Filter ALL = new Filter(null, null);
  }

  /** The newest first, of everybody. */
  public List<Entry> entries(long before, int atMost) {
    return entries(Filter.ALL, before, atMost);
  }

  /**
   * The newest first.
   *
   * @param before only entries with a smaller id; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Entry> entries(Filter filter, long before, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT audit_id, at, who, through, what, sync, about FROM audit"
                        + " WHERE audit_id < :before AND (:sync::text IS NULL OR sync = :sync)"
                        + " AND (:who::text IS NULL OR lower(who) = lower(:who))"
                        + " ORDER BY audit_id DESC LIMIT :most")
                .bind("before", before)
                .bind("sync", filter.sync())
                .bind("who", filter.who())
                .bind("most", atMost)
                .list(Audit::entry));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("audit_id"),
        Objects.requireNonNull(Query.instant(row, "at")),
        row.getString("who"),
        row.getString("through"),
        row.getString("what"),
        row.getString("sync"),
        row.getString("about"));
  }

  /** Whether somebody did this since then. */
  public boolean has(String who, String what, String sync, String about, Instant since) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT 1 FROM audit WHERE lower(who) = lower(:who) AND what = :what"
                        + " AND sync = :sync AND about = :about AND at >= :since LIMIT 1")
                .bind("who", who)
                .bind("what", what)
                .bind("sync", sync)
                .bind("about", about)
                .bind("since", since)
                .first(row -> true)
                .isPresent());
  }
}
