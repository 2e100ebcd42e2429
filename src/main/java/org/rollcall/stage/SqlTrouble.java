package org.rollcall.stage;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An SQLException told without the data of members. Databases quote values in the messages of some
 * classes of errors; of those, only the state is told, and the exception is not passed on.
 */
record SqlTrouble(String what, String remedy, @Nullable SQLException cause) {
  /** Classes whose messages name tables, columns, hosts and settings, never values. */
  private static final Set<String> SPEAKING =
      Set.of("08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "HY");

  private static final Set<String> SHUT_DOWN = Set.of("57P01", "57P02", "57P03", "57P05");
  private static final Set<String> TIMED_OUT = Set.of("57014", "HYT00", "HYT01");
  private static final Pattern STATEMENT = Pattern.compile("(?s)(\\R|; SQL statement:).*");

  static SqlTrouble of(SQLException e) {
    if (isConnectionLost(e)) {
      return new SqlTrouble(
          "connection lost: " + spoken(e), "the next run reads the source again", shareable(e));
    }
    if (isTimeout(e)) {
      return new SqlTrouble(
          "the database gave up waiting: " + spoken(e),
          "make the query faster or raise queryTimeout",
          shareable(e));
    }
    if (isConflict(e)) {
      return new SqlTrouble(
          "the database broke the read off for somebody else's work: " + spoken(e),
          "the next run reads the source again",
          shareable(e));
    }
    return new SqlTrouble(spoken(e), "", shareable(e));
  }

  /**
   * Why there is no connection at all: a pool tells of its waiting, and the reason is behind it.
   */
  static SqlTrouble unreached(SQLException e) {
    SQLException said = e.getCause() instanceof SQLException cause ? cause : e;
    return new SqlTrouble(spoken(said), "", shareable(said));
  }

  /** A deadlock, a serialisation failure, a replica that caught up, a lock that was not free. */
  private static boolean isConflict(SQLException e) {
    return state(e).startsWith("40") || state(e).equals("55P03");
  }

  static boolean isTimeout(SQLException e) {
    return e instanceof SQLTimeoutException || TIMED_OUT.contains(state(e));
  }

  private static boolean isConnectionLost(SQLException e) {
    return e instanceof SQLRecoverableException
        || e instanceof SQLNonTransientConnectionException
        || e instanceof SQLTransientConnectionException
        || state(e).startsWith("08")
        || SHUT_DOWN.contains(state(e));
  }

  private static String spoken(SQLException e) {
    String message = e.getMessage();
    if (message == null || !speaks(e)) {
      return "SQL state " + state(e) + ", error " + e.getErrorCode();
    }
    return STATEMENT.matcher(message).replaceFirst("") + " (SQL state " + state(e) + ")";
  }

  private static @Nullable SQLException shareable(SQLException e) {
    return speaks(e) ? e : null;
  }

  private static boolean speaks(SQLException e) {
    return state(e).length() == 5 && SPEAKING.contains(state(e).substring(0, 2));
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "unknown" : state;
  }
}
