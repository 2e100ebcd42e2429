package org.rollcall.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease while it is held, with the database session that proves its owner alive. A session that
 * breaks is replaced, as long as nobody has taken the lease over meanwhile.
 */
final class Tenure {
  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

  private static final String RENEW =
      """
      UPDATE lease l
      SET until = clock_timestamp() + :life * interval '1 second',
        backend = a.pid, backend_at = a.backend_start
      FROM pg_stat_activity a
      WHERE a.pid = pg_backend_pid() AND l.name = :name AND l.token = :token
      """;

  private final Store store;
  private final String name;
  private final long token;
  private Connection session;
  private boolean over;

  Tenure(Store store, String name, long token, Connection session) {
    this.store = store;
    this.name = name;
    this.token = token;
    this.session = session;
  }

  synchronized void renew() {
    if (over) {
      // A beat had begun before it was called off, and waited for the end.
      return;
    }
    try {
      if (!session.isValid(2)) {
        Leases.closeQuietly(session);
        session = store.pool().getConnection();
      }
      Query.of(session, RENEW)
          .bind("life", Leases.LIFE.toSeconds())
          .bind("name", name)
          .bind("token", token)
          .update();
    } catch (SQLException e) {
      LOG.warn("the lease {} could not be renewed: {}", name, e.getMessage());
    }
  }

  synchronized void end() {
    over = true;
    try {
      // Kept with its token, so that a stale owner never finds its own number again.
      Query.of(
              session, "UPDATE lease SET until = '-infinity' WHERE name = :name AND token = :token")
          .bind("name", name)
          .bind("token", token)
          .update();
    } catch (SQLException e) {
      LOG.warn("the lease {} could not be given back: {}", name, e.getMessage());
    }
    Leases.closeQuietly(session);
  }
}
