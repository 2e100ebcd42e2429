package org.rollcall.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * The hub's database could not be opened, or a statement failed. The message is one an operator can
 * act on and never carries row data.
 */
public final class StoreException extends RuntimeException {
  /** The server is being stopped or started. */
  private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03");

  private static final String DISK_FULL = "53100";

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a statement of the hub that the database refused. */
  public static StoreException of(String doing, SQLException cause) {
    if (DISK_FULL.equals(cause.getSQLState())) {
      return new StoreException(
          "the disk of the hub's database is full: "
              + reason(cause)
              + "; make room there, and the next run goes on where this one stopped",
          cause);
    }
    return isConnectionLost(cause)
        ? new StoreException(
            "the hub's database went away: "
                + reason(cause)
                + "; the next run goes on where this one stopped",
            cause)
        : new StoreException(doing + ": " + reason(cause), cause);
  }

  private static boolean isConnectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return failure instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith("08") || SHUT_DOWN.contains(state)));
  }

  /** PostgreSQL's primary message only: its detail quotes the rows, addresses included. */
  static String reason(SQLException failure) {
    if (failure instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
      var answer = postgres.getServerErrorMessage();
      return answer.getMessage() + " (SQLSTATE " + answer.getSQLState() + ")";
    }
    return String.valueOf(failure.getMessage());
  }
}
