package org.rollcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.rollcall.store.Wires.Wire;

/**
 * Finds connections that fell silent while others work: somebody waits for an answer, and the
 * server, asked over another connection, has nothing to do for that session, got only a part of the
 * question, or cannot get rid of its answer. One look may fall between question and answer, so two
 * have to find the same.
 */
final class HalfOpen {
  private static final String IDLE =
      """
      SELECT pid
      FROM pg_stat_activity
      WHERE pid = ANY (:pids) AND usename = current_user AND application_name = :name
        AND ((state LIKE 'idle%' OR wait_event = 'ClientRead')
          AND state_change < clock_timestamp() - interval '5 seconds'
          OR wait_event = 'ClientWrite')
      """;

  private final Duration patience;
  private Map<Connection, Long> suspects = new HashMap<>();

  /**
   * @param patience how long somebody waits before the server is asked
   */
  HalfOpen(Duration patience) {
    this.patience = patience;
  }

  /**
   * @param line a connection that works
   */
  Set<Connection> among(Map<Connection, Wire> lent, Connection line) throws SQLException {
    Map<Connection, Long> waiting = waiting(lent);
    if (!waiting.isEmpty()) {
      waiting.keySet().retainAll(idleAtServer(waiting.keySet(), line));
    }
    Set<Connection> twice = new HashSet<>();
    waiting.forEach(
        (each, since) -> {
          if (since.equals(suspects.get(each))) {
            twice.add(each);
          }
        });
    suspects = waiting;
    return twice;
  }

  private Map<Connection, Long> waiting(Map<Connection, Wire> lent) {
    long now = System.nanoTime();
    Map<Connection, Long> waiting = new HashMap<>();
    lent.forEach(
        (connection, wire) -> {
          long since = wire.waitingSince();
          if (since != 0 && now - since > patience.toNanos()) {
            waiting.put(connection, since);
          }
        });
    return waiting;
  }

  private static Set<Connection> idleAtServer(Set<Connection> waiting, Connection line)
      throws SQLException {
    Map<Integer, Connection> byPid = new HashMap<>();
    for (Connection connection : waiting) {
      byPid.put(connection.unwrap(PGConnection.class).getBackendPID(), connection);
    }
    Set<Connection> idle = new HashSet<>();
    Query.of(line, IDLE)
        .bind("pids", byPid.keySet().stream().mapToInt(Integer::intValue).toArray())
        .bind("name", Database.NAME)
        .each(row -> idle.add(byPid.get(row.getInt(1))));
    return idle;
  }
}
