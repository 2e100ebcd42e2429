package org.rollcall.drop;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The table of dropped files: what was taken when, and what became of it. */
public final class DropLedger {
  private final Store store;
  private final Clock clock;

  public DropLedger(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A file as the table holds it.
   *
   * @param state {@code taken}, {@code done}, {@code repeated} or {@code refused}
   * @param asOf the date of the export, where it is known
   * @param whole of a full list: whether those who are not in it have left
   * @param header the names of its columns
   */
  public record Entry(
      long id,
      String sync,
      String drop,
      String file,
      String content,
      String state,
      boolean forced,
      @Nullable Long size,
      @Nullable Instant modifiedAt,
      @Nullable LocalDateTime asOf,
      @Nullable String digest,
      @JsonIgnore @Nullable String rules,
      Instant takenAt,
      @Nullable Instant settledAt,
      @Nullable Long run,
      long rowsRead,
      long rowsRefused,
      @Nullable Boolean whole,
      List<String> header,
      @Nullable String reason,
      @Nullable Long deadLetter,
      @Nullable String keptAs,
      @Nullable Instant deletedAt) {}

  /** How a file ended. */
  record Ending(
      String state,
      @Nullable Long run,
      long rowsRead,
      long rowsRefused,
      @Nullable Boolean whole,
      @Nullable String reason,
      @Nullable Long deadLetter,
      @Nullable String keptAs) {}

  /** Enters a file that is about to be taken. */
  long begin(Target target, DropSettings drop, String file) {
    return begin(target, drop, drop.name(), file, false);
  }

  /**
   * Enters a file that lies elsewhere: whoever watches the drop's folder does not miss it there.
   */
  long beginByHand(Target target, DropSettings drop, String file, boolean forced) {
    return begin(target, drop, "", file, forced);
  }

  private long begin(
      Target target, DropSettings drop, String dropName, String file, boolean forced) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "INSERT INTO drop_file (account_id, sync_id, drop_name, file_name, content,"
                        + " state, forced, taken_at) VALUES (:account, :sync, :drop, :file,"
                        + " :content, 'taken', :forced, :now) RETURNING drop_file_id")
                .bind("account", target.accountId())
                .bind("sync", target.syncId())
                .bind("drop", dropName)
                .bind("file", file)
                .bind("content", drop.content().word())
                .bind("forced", forced)
                .bind("now", clock.instant())
                .number());
  }

  /** Takes an entry back whose file somebody else has taken. */
  void forget(long id) {
    store.run(
        connection ->
            Query.of(connection, "DELETE FROM drop_file WHERE drop_file_id = :id")
                .bind("id", id)
                .update());
  }

  /** Notes what the file is, once it is in hand. */
  void identify(long id, FileFacts facts, @Nullable LocalDateTime asOf, String rules) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE drop_file SET size = :size, modified_at = :modified, digest = :digest,"
                        + " as_of = :asOf, rules = :rules WHERE drop_file_id = :id")
                .bind("id", id)
                .bind("size", facts.size())
                .bind("modified", facts.modified())
                .bind("digest", facts.digest())
                .bind("asOf", asOf == null ? null : Timestamp.valueOf(asOf))
                .bind("rules", rules)
                .update());
  }

  /** Notes what reading has shown, before anything is done with it. */
  void noteReading(long id, @Nullable LocalDateTime asOf, List<String> header) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE drop_file SET as_of = coalesce(:asOf::timestamp, as_of),"
                        + " header = :header WHERE drop_file_id = :id")
                .bind("id", id)
                .bind("asOf", asOf == null ? null : Timestamp.valueOf(asOf))
                .bind("header", header.toArray(String[]::new))
                .update());
  }

  /**
   * @param drop by whose settings it was read; empty for none
   */
  void settle(long id, String drop, Ending ending) {
    store.run(connection -> settle(connection, id, drop, ending));
  }

  private void settle(Connection connection, long id, String drop, Ending ending)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE drop_file SET state = :state, drop_name = :drop, settled_at = :now, run_id = :run,"
                + " rows_read = :read, rows_refused = :refused, whole = :whole,"
                + " reason = :reason, dead_letter = :letter, kept_as = :kept"
                + " WHERE drop_file_id = :id")
        .bind("id", id)
        .bind("state", ending.state())
        .bind("drop", drop)
        .bind("now", clock.instant())
        .bind("run", ending.run())
        .bind("read", ending.rowsRead())
        .bind("refused", ending.rowsRefused())
        .bind("whole", ending.whole())
        .bind("reason", ending.reason())
        .bind("letter", ending.deadLetter())
        .bind("kept", ending.keptAs())
        .update();
  }

  /** A refused file is to be taken again, whatever its date. */
  void again(long id) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE drop_file SET state = 'taken', forced = true, settled_at = NULL,"
                        + " reason = NULL, dead_letter = NULL, kept_as = NULL"
                        + " WHERE drop_file_id = :id AND state = 'refused'")
                .bind("id", id)
                .update());
  }

  /** A file that had vanished is in hand again, and is judged anew. */
  void back(long id) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "UPDATE drop_file SET state = 'taken', settled_at = NULL, reason = NULL"
                        + " WHERE drop_file_id = :id AND state = 'refused' AND kept_as IS NULL")
                .bind("id", id)
                .update());
  }

  public Optional<Entry> find(long id) {
    return entries(new Wanted(id, null, null, null, null, false, null, 1)).stream().findFirst();
  }

  /** The last files of a sync, or of all, the newest first. */
  public List<Entry> last(@Nullable String sync, int most) {
    return entries(new Wanted(null, sync, null, null, null, false, null, most));
  }

  /** Files of a sync that were taken over, the newest first. */
  List<Entry> done(Target target, int most) {
    return entries(Wanted.of(target, null, "done", most));
  }

  /** The last file of a drop that was taken over. */
  Optional<Entry> lastDone(Target target, String drop) {
    return entries(Wanted.of(target, drop, "done", 1)).stream().findFirst();
  }

  /** Files of a drop that were taken and not settled yet, the oldest first. */
  List<Entry> inHand(Target target, String drop) {
    List<Entry> found = new ArrayList<>(entries(Wanted.of(target, drop, "taken", 1_000)));
    Collections.reverse(found);
    return found;
  }

  /** Files of a drop that lie in done/ or failed/. */
  public List<Entry> kept(DropSettings drop) {
    return entries(new Wanted(null, drop.sync(), null, drop.name(), null, true, null, 10_000));
  }

  /** Kept files of a drop whose time is over. */
  List<Entry> outdated(Target target, String drop, Duration keep) {
    return entries(
        new Wanted(
            null,
            target.sync().name(),
            target.accountId(),
            drop,
            null,
            true,
            clock.instant().minus(keep),
            10_000));
  }

  /** Whether any file has ever given this sync its members. */
  public boolean hasAny(Target target) {
    return !done(target, 1).isEmpty();
  }

  void deleted(long id) {
    store.run(
        connection ->
            Query.of(connection, "UPDATE drop_file SET deleted_at = :now WHERE drop_file_id = :id")
                .bind("id", id)
                .bind("now", clock.instant())
                .update());
  }

  /** Which entries are looked for; whatever is null is not asked for. */
  private record Wanted(
      @Nullable Long id,
      @Nullable String sync,
      @Nullable Integer account,
      @Nullable String drop,
      @Nullable String state,
      boolean kept,
      @Nullable Instant settledBefore,
      int most) {
    static Wanted of(Target target, @Nullable String drop, String state, int most) {
      return new Wanted(
          null, target.sync().name(), target.accountId(), drop, state, false, null, most);
    }
  }

  private List<Entry> entries(Wanted wanted) {
    return store.transaction(
        connection ->
            Query.named(connection, "drop/entries")
                .bind("id", wanted.id())
                .bind("sync", wanted.sync())
                .bind("account", wanted.account())
                .bind("drop", wanted.drop())
                .bind("state", wanted.state())
                .bind("kept", wanted.kept())
                .bind("settledBefore", wanted.settledBefore())
                .bind("most", wanted.most())
                .list(DropLedger::entry));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong("drop_file_id"),
        row.getString("sync_name"),
        row.getString("drop_name"),
        row.getString("file_name"),
        row.getString("content"),
        row.getString("state"),
        row.getBoolean("forced"),
        row.getObject("size", Long.class),
        Query.instant(row, "modified_at"),
        row.getObject("as_of", LocalDateTime.class),
        row.getString("digest"),
        row.getString("rules"),
        row.getTimestamp("taken_at").toInstant(),
        Query.instant(row, "settled_at"),
        row.getObject("run_id", Long.class),
        row.getLong("rows_read"),
        row.getLong("rows_refused"),
        row.getObject("whole", Boolean.class),
        header(row),
        row.getString("reason"),
        row.getObject("dead_letter", Long.class),
        row.getString("kept_as"),
        Query.instant(row, "deleted_at"));
  }

  private static List<String> header(ResultSet row) throws SQLException {
    Array header = row.getArray("header");
    return header == null ? List.of() : List.of((String[]) header.getArray());
  }
}
