package org.rollcall.store;

import java.sql.SQLException;

/** The hub's own database failed; the work in progress was rolled back. */
public final class StoreException extends RuntimeException {
  public StoreException(SQLException cause) {
    super("the hub's database: " + cause.getMessage(), cause);
  }
}
