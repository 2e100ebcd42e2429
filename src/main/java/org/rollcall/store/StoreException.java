package org.rollcall.store;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * The hub's database could not be opened, or a statement failed. The message is one an operator can
 * act on and never carries row data.
 */
public final class StoreException extends RuntimeException {
  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a statement of the hub that the database refused. */
  public static StoreException of(String doing, SQLException cause) {
    return new StoreException(doing + ": " + reason(cause), cause);
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
