package org.rollcall.alert;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rollcall.run.Lease;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Compares what needs a person with what was told, and writes a message for each difference: one
 * when it begins, one when it is over. What was told and the message are one transaction.
 */
final class Watch {
  private final Conditions conditions;
  private final Words words;
  private final Store store;
  private final Clock clock;

  Watch(Conditions conditions, Words words, Store store, Clock clock) {
    this.conditions = conditions;
    this.words = words;
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param lease of whoever looks; several hubs tell things once
   */
  void look(Lease lease) {
    List<Condition> now = conditions.now();
    List<Letters> letters = conditions.letters();
    store.run(
        connection -> {
          lease.fence(connection);
          Map<Condition.Key, Instant> told = told(connection);
          for (Condition condition : now) {
            if (told.remove(condition.key()) == null) {
              tell(connection, condition, 0);
            }
          }
          for (Letters some : letters) {
            boolean before = told.remove(some.condition().key()) != null;
            if (some.toTell(clock.instant())) {
              tellLetters(connection, some, before);
            }
          }
          for (Map.Entry<Condition.Key, Instant> over : told.entrySet()) {
            tellOver(connection, over.getKey(), over.getValue());
          }
          Outbox.forgetOld(connection, clock.instant());
        });
  }

  private static Map<Condition.Key, Instant> told(Connection connection) throws SQLException {
    Map<Condition.Key, Instant> told = new HashMap<>();
    Query.of(connection, "SELECT account_name, kind, subject, since FROM alert FOR UPDATE")
        .each(
            row ->
                told.put(
                    new Condition.Key(
                        row.getString("account_name"),
                        Kind.of(row.getString("kind")),
                        row.getString("subject")),
                    Objects.requireNonNull(Query.instant(row, "since"))));
    return told;
  }

  private void tell(Connection connection, Condition condition, long mark) throws SQLException {
    Outbox.write(connection, words.raised(condition), clock.instant());
    at(
            Query.of(
                connection,
                "INSERT INTO alert (account_name, kind, subject, since, mark)"
                    + " VALUES (:account, :kind, :subject, :now, :mark)"),
            condition.key())
        .bind("now", clock.instant())
        .bind("mark", mark)
        .update();
  }

  /** The state lasts; only what is new is told. */
  private void tellLetters(Connection connection, Letters letters, boolean before)
      throws SQLException {
    if (!before) {
      tell(connection, letters.condition(), letters.last());
      return;
    }
    Outbox.write(connection, words.raised(letters.condition()), clock.instant());
    at(
            Query.of(
                connection,
                "UPDATE alert SET mark = :mark"
                    + " WHERE account_name = :account AND kind = :kind AND subject = :subject"),
            letters.condition().key())
        .bind("mark", letters.last())
        .update();
  }

  /** About what is no longer in the settings nothing is said. */
  private void tellOver(Connection connection, Condition.Key key, Instant since)
      throws SQLException {
    if (conditions.known(key)) {
      Outbox.write(connection, words.over(key, since), clock.instant());
    }
    at(
            Query.of(
                connection,
                "DELETE FROM alert"
                    + " WHERE account_name = :account AND kind = :kind AND subject = :subject"),
            key)
        .update();
  }

  private static Query at(Query query, Condition.Key key) {
    return query
        .bind("account", key.account())
        .bind("kind", key.kind().word())
        .bind("subject", key.subject());
  }
}
