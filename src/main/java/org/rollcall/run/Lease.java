package org.rollcall.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.rollcall.store.Query;

/** The right to work under a name, as long as nobody took it over. */
public final class Lease implements AutoCloseable {
  private final String name;
  private final long token;
  private final Runnable release;

  Lease(String name, long token, Runnable release) {
    this.name = name;
    this.token = token;
    this.release = release;
  }

  /**
   * Locks the lease row for the caller's transaction, so that what it commits was written by the
   * owner. The heartbeat goes on meanwhile, however long the transaction takes. That the lease has
   * run out does not matter as long as nobody has taken it: it may be the clock that ran ahead.
   *
   * @throws LostLease when another node took over
   */
  public void fence(Connection connection) throws SQLException {
    boolean owned =
        Query.of(
                connection,
                "SELECT 1 FROM lease WHERE name = :name AND token = :token FOR KEY SHARE")
            .bind("name", name)
            .bind("token", token)
            .first(row -> row.getInt(1))
            .isPresent();
    if (!owned) {
      throw new LostLease(name);
    }
  }

  @Override
  public void close() {
    release.run();
  }

  /** The owner was away for too long and somebody else took over; it must not write any more. */
  public static final class LostLease extends RuntimeException {
    LostLease(String name) {
      super("the lease " + name + " was taken over by another process; this run stops writing");
    }
  }
}
