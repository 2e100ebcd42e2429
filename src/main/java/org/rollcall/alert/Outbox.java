package org.rollcall.alert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Messages that are written, and have to reach the mail server some time. */
public final class Outbox {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Store store;

  Outbox(Store store) {
    this.store = store;
  }

  /**
   * A message that waits.
   *
   * @param had recipients for whom the server took it already
   */
  record Waiting(
      long id, UUID messageId, Message message, Instant writtenAt, int attempts, Set<String> had) {}

  /** A message as the table holds it, without its body. */
  public record Entry(
      long id,
      String subject,
      String state,
      Instant writtenAt,
      int attempts,
      @Nullable Instant settledAt,
      @Nullable String error) {}

  /** Writes a message in the caller's transaction: it is sent if that commits. */
  static void write(Connection connection, Message message, Instant now) throws SQLException {
    Query.of(
            connection,
            "INSERT INTO mail (subject, body, created_at, due_at)"
                + " VALUES (:subject, :body, :now, :now)")
        .bind("subject", message.subject())
        .bind("body", message.body())
        .bind("now", now)
        .update();
  }

  /** The oldest message that may be tried now. */
  Optional<Waiting> next(Instant now) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT mail_id, message_id, subject, body, created_at, attempts, had FROM mail"
                        + " WHERE state = 'waiting' AND due_at <= :now ORDER BY mail_id LIMIT 1")
                .bind("now", now)
                .first(Outbox::waiting));
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getLong("mail_id"),
        row.getObject("message_id", UUID.class),
        new Message(row.getString("subject"), row.getString("body")),
        Objects.requireNonNull(Query.instant(row, "created_at")),
        row.getInt("attempts"),
        new LinkedHashSet<>(Arrays.asList((String[]) row.getArray("had").getArray())));
  }

  /** Notes an attempt before it is made, so that one that kills the process is not made at once. */
  static void begin(Connection connection, Waiting mail, Instant next) throws SQLException {
    Query.of(
            connection,
            "UPDATE mail SET attempts = attempts + 1, due_at = :next WHERE mail_id = :id")
        .bind("id", mail.id())
        .bind("next", next)
        .update();
  }

  void sent(Waiting mail, Instant now) {
    settle(mail, "sent", null, now);
  }

  void giveUp(Waiting mail, @Nullable String error, Instant now) {
    settle(mail, "given up", error, now);
  }

  private void settle(Waiting mail, String state, @Nullable String error, Instant now) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE mail SET state = :state, settled_at = :now,"
                        + " error = coalesce(:error::text, CASE WHEN :state <> 'sent' THEN error END)"
                        + " WHERE mail_id = :id")
                .bind("id", mail.id())
                .bind("state", state)
                .bind("error", error)
                .bind("now", now)
                .update());
  }

  /** It waits on, for those who have not had it. */
  void failed(Waiting mail, Set<String> had, String error, Instant next) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE mail SET had = :had, error = :error, due_at = :next"
                        + " WHERE mail_id = :id")
                .bind("id", mail.id())
                .bind("had", had.toArray(String[]::new))
                .bind("error", error)
                .bind("next", next)
                .update());
  }

  long waiting() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT count(*) FROM mail WHERE state = 'waiting'").number());
  }

  /** The last so many messages, the newest first. */
  List<Entry> last(int count) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT mail_id, subject, state, created_at, attempts, settled_at, error"
                        + " FROM mail ORDER BY mail_id DESC LIMIT :count")
                .bind("count", count)
                .list(Outbox::entry));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("mail_id"),
        row.getString("subject"),
        row.getString("state"),
        Objects.requireNonNull(Query.instant(row, "created_at")),
        row.getInt("attempts"),
        Query.instant(row, "settled_at"),
        row.getString("error"));
  }

  static void forgetOld(Connection connection, Instant now) throws SQLException {
    Query.of(connection, "DELETE FROM mail WHERE state <> 'waiting' AND settled_at < :old")
        .bind("old", now.minus(KEPT))
        .update();
  }
}
