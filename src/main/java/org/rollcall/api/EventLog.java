package org.rollcall.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.rollcall.run.RunProgress;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The table of what happened to runs, on whatever node and by whatever command. */
final class EventLog {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Store store;
  private final Clock clock;

  EventLog(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The number of the newest; 0 before the first. */
  long newest() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT coalesce(max(event_id), 0) FROM event").number());
  }

  /** So many events after a number, the oldest first. */
  List<Event> after(long number, int atMost) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT event_id, type, at, sync, run_id, job, state, decision FROM event"
                        + " WHERE event_id > :number ORDER BY event_id LIMIT :most")
                .bind("number", number)
                .bind("most", atMost)
                .list(EventLog::read));
  }

  /** A run under way, and how far it has come. */
  record UnderWay(String sync, String job, RunProgress progress) {}

  List<UnderWay> progress() {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT s.name, r.job, p.run_id, p.phase, p.done, p.todo, p.since, p.at"
                        + " FROM run_progress p JOIN run r USING (run_id)"
                        + " JOIN sync s ON s.account_id = r.account_id AND s.sync_id = r.sync_id"
                        + " WHERE r.state = 'running' ORDER BY p.run_id")
                .list(EventLog::underWay));
  }

  void purge() {
    store.run(
        connection ->
            Query.of(connection, "DELETE FROM event WHERE at < :old")
                .bind("old", clock.instant().minus(KEPT))
                .update());
  }

  private static Event read(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("event_id"),
        row.getString("type"),
        time(row, "at"),
        row.getString("sync"),
        row.getLong("run_id"),
        row.getString("job"),
        row.getString("state"),
        row.getString("decision"));
  }

  private static UnderWay underWay(ResultSet row) throws SQLException {
    return new UnderWay(
        row.getString("name"),
        row.getString("job"),
        new RunProgress(
            row.getLong("run_id"),
            row.getString("phase"),
            row.getLong("done"),
            row.getLong("todo"),
            time(row, "since"),
            time(row, "at")));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Query.instant(row, column));
  }
}
