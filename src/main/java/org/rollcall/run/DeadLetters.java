package org.rollcall.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** What could not be processed, kept whole, to be replayed or dismissed by a person. */
public final class DeadLetters {
  private final Store store;
  private final Clock clock;

  public DeadLetters(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a dead letter is about. */
  public enum Kind {
    RECORD,
    BATCH,
    /** A row of a report that cannot be read. */
    ANSWER,
    LIST,
    RESUBSCRIBE,
    OPT_OUT,
    ADDRESS,
    /** What a member did with a campaign. */
    INTERACTION,
    /** A file of members, or rows of one. */
    FILE,
    /** A column of the source that did not become a field at the provider. */
    FIELD
  }

  /** A letter to be kept. */
  public record Letter(
      Kind kind,
      @Nullable String memberKey,
      @Nullable String address,
      String payload,
      String cause,
      String remedy) {}

  /** A letter as it was kept. */
  public record Kept(
      long id,
      String sync,
      @Nullable Long run,
      String kind,
      @Nullable String memberKey,
      String cause,
      String remedy,
      String state,
      Instant at,
      String payload) {}

  /** Keeps a letter in the caller's transaction; the same letter while open is kept once. */
  public long keep(Connection connection, Run run, Letter letter) throws SQLException {
    return keep(connection, run.target(), run.id(), letter);
  }

  /**
   * Keeps a letter about something that happened outside of a run, or in one that is over.
   *
   * @param run absent when there was none
   */
  public long keep(Connection connection, Target target, @Nullable Long run, Letter letter)
      throws SQLException {
    return Query.named(connection, "run/keep_dead_letter")
        .bind("account", target.accountId())
        .bind("sync", target.syncId())
        .bind("run", run)
        .bind("kind", letter.kind().name().toLowerCase(Locale.ROOT))
        .bind("member", letter.memberKey())
        .bind("address", letter.address())
        .bind("payload", letter.payload())
        .bind("cause", letter.cause())
        .bind("remedy", letter.remedy())
        .bind("now", clock.instant())
        .number();
  }

  /**
   * Keeps a letter about something that may be met again and again: one that is open or was
   * dismissed stands for it.
   *
   * @return false when it was kept before
   */
  public boolean keepOnce(Connection connection, Run run, Letter letter) throws SQLException {
    long known =
        Query.of(
                connection,
                "SELECT count(*) FROM dead_letter WHERE account_id = :account AND kind = :kind"
                    + " AND payload = :payload AND state IN ('open', 'dismissed')")
            .bind("account", run.account())
            .bind("kind", letter.kind().name().toLowerCase(Locale.ROOT))
            .bind("payload", letter.payload())
            .number();
    if (known == 0) {
      keep(connection, run, letter);
    }
    return known == 0;
  }

  /** Settles the open letters about something that has come right by itself. */
  public void overtaken(Connection connection, Run run, Kind kind, String payload)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE dead_letter SET state = 'replayed', settled_at = :now"
                + " WHERE account_id = :account AND state = 'open'"
                + " AND kind = :kind AND payload = :payload")
        .bind("account", run.account())
        .bind("kind", kind.name().toLowerCase(Locale.ROOT))
        .bind("payload", payload)
        .bind("now", clock.instant())
        .update();
  }

  /**
   * What was given up under a kind and is not to be tried again: its letter is open or dismissed,
   * and has not been replayed since.
   */
  public Set<String> givenUp(Run run, Kind kind) {
    return Set.copyOf(
        store.transaction(
            connection ->
                Query.of(
                        connection,
                        "SELECT DISTINCT payload FROM dead_letter WHERE account_id = :account"
                            + " AND sync_id = :sync AND kind = :kind"
                            + " AND state IN ('open', 'dismissed')")
                    .bind("account", run.account())
                    .bind("sync", run.sync())
                    .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                    .list(row -> row.getString(1))));
  }

  /** The open letters of a sync, or of all, oldest first. */
  public List<Kept> open(@Nullable String sync) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE d.state = 'open' AND (:sync::text IS NULL OR s.name = :sync)"
                        + " ORDER BY d.dead_letter_id")
                .bind("sync", sync)
                .list(DeadLetters::read));
  }

  /**
   * Which open letters a person wants to see.
   *
   * @param sync of this sync, or all when absent
   * @param kind of this kind, or all when absent
   */
  public record Filter(@Nullable String sync, @Nullable String kind) {}

  /** How many letters of a kind are open in a sync. */
  public record Heap(String sync, String kind, long letters) {}

  /**
   * Open letters, the newest first.
   *
   * @param before only letters with a smaller number; {@link Long#MAX_VALUE} begins at the newest
   */
  public List<Kept> page(Filter filter, long before, int atMost) {
    return store.transaction(
        connection ->
            filtered(connection, SELECT, filter, " ORDER BY d.dead_letter_id DESC LIMIT :most")
                .bind("before", before)
                .bind("most", atMost)
                .list(DeadLetters::read));
  }

  /** The open letters by sync and kind. */
  public List<Heap> heaps() {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT s.name, d.kind, count(*) FROM dead_letter d"
                        + " JOIN sync s ON s.account_id = d.account_id AND s.sync_id = d.sync_id"
                        + " WHERE d.state = 'open' GROUP BY s.name, d.kind ORDER BY s.name, d.kind")
                .list(row -> new Heap(row.getString(1), row.getString(2), row.getLong(3))));
  }

  /**
   * The numbers of open letters by their sync, the oldest first.
   *
   * @param upTo leaves out what came later than whoever asks has seen
   */
  public Map<String, List<Long>> numbers(Filter filter, long upTo) {
    return store
        .transaction(
            connection ->
                filtered(
                        connection,
                        "SELECT s.name, d.dead_letter_id FROM dead_letter d"
                            + " JOIN sync s ON s.account_id = d.account_id AND s.sync_id = d.sync_id",
                        filter,
                        " ORDER BY d.dead_letter_id")
                    .bind("before", upTo + 1)
                    .list(row -> Map.entry(row.getString(1), row.getLong(2))))
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey,
                TreeMap::new,
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static Query filtered(Connection connection, String select, Filter filter, String order) {
    return Query.of(
            connection,
            select
                + " WHERE d.state = 'open' AND d.dead_letter_id < :before"
                + " AND (:sync::text IS NULL OR s.name = :sync)"
                + " AND (:kind::text IS NULL OR d.kind = :kind)"
                + order)
        .bind("sync", filter.sync())
        .bind("kind", filter.kind());
  }

  /**
   * So many open letters of a sync, or of all, the oldest first.
   *
   * @param after only letters with a greater number
   */
  public List<Kept> from(@Nullable String sync, long after, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    SELECT
                        + " WHERE d.state = 'open' AND (:sync::text IS NULL OR s.name = :sync)"
                        + " AND d.dead_letter_id > :after ORDER BY d.dead_letter_id LIMIT :most")
                .bind("sync", sync)
                .bind("after", after)
                .bind("most", atMost)
                .list(DeadLetters::read));
  }

  public Optional<Kept> find(long id) {
    return store.transaction(
        connection ->
            Query.of(connection, SELECT + " WHERE d.dead_letter_id = :id")
                .bind("id", id)
                .first(DeadLetters::read));
  }

  /**
   * Settles an open letter; a replayed record may be sent again from the next run on.
   *
   * @return the name of the sync it belongs to, or null when no such letter is open
   */
  public @Nullable String settle(long id, boolean replay) {
    return store.<@Nullable String>transaction(
        connection -> {
          String sync =
              Query.named(connection, "run/settle_dead_letter")
                  .bind("id", id)
                  .bind("state", replay ? "replayed" : "dismissed")
                  .bind("now", clock.instant())
                  .first(row -> row.getString(1))
                  .orElse(null);
          if (sync != null && replay) {
            forget(connection, id);
          }
          return sync;
        });
  }

  /** What the letter kept from being sent is sent by the next run. */
  private static void forget(Connection connection, long id) throws SQLException {
    Query.of(connection, "DELETE FROM failure WHERE dead_letter = :id").bind("id", id).update();
    Query.of(connection, "UPDATE membership SET dead_letter = NULL WHERE dead_letter = :id")
        .bind("id", id)
        .update();
    Query.named(connection, "run/replay_field").bind("id", id).update();
    Query.named(connection, "run/replay_answer").bind("id", id).update();
    Query.of(
            connection,
            "UPDATE list t SET state = 'wanted', provider_id = NULL, reason = NULL,"
                + " dead_letter = NULL FROM dead_letter d"
                + " WHERE d.dead_letter_id = :id AND d.kind = 'list'"
                + " AND t.account_id = d.account_id AND t.name = d.payload"
                + " AND t.state IN ('gone', 'refused')")
        .bind("id", id)
        .update();
    Query.of(
            connection,
            "UPDATE account a SET version = version + 1 FROM dead_letter d"
                + " WHERE d.dead_letter_id = :id AND a.account_id = d.account_id")
        .bind("id", id)
        .update();
  }

  private static final String SELECT =
      "SELECT d.dead_letter_id, s.name, d.run_id, d.kind, d.member_key, d.cause, d.remedy, d.state,"
          + " d.at, d.payload FROM dead_letter d"
          + " JOIN sync s ON s.account_id = d.account_id AND s.sync_id = d.sync_id";

  private static Kept read(ResultSet row) throws SQLException {
    return new Kept(
        row.getLong("dead_letter_id"),
        row.getString("name"),
        row.getObject("run_id", Long.class),
        row.getString("kind"),
        row.getString("member_key"),
        row.getString("cause"),
        row.getString("remedy"),
        row.getString("state"),
        row.getTimestamp("at").toInstant(),
        row.getString("payload"));
  }
}
