package org.rollcall.stage;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;
import org.rollcall.member.Row;
import org.rollcall.member.RowException;
import org.rollcall.member.SyncRules;

/**
 * One read of a sync's source on its way into the staging table. Rows go through the rules one by
 * one and into a file in chunks; nothing of the source is held in memory whole. Only {@link
 * #complete} says that the source was read to its end: a read that failed, or was never finished,
 * stays recognisable as such whatever the route did with its exception.
 *
 * <p>For one thread at a time; {@link #readCount} may be asked from anywhere.
 */
public final class Staging implements AutoCloseable {
  /** The exchange property under which a run hands its staging to the source's route. */
  public static final String PROPERTY = "rollcall.staging";

  private static final String OWN_QUERY = "of the route";
  private static final int CHUNK_ROWS = 5_000;
  private static final int CHUNK_BYTES = 8 << 20;
  private static final int PULSE_ROWS = 64;

  private final DataSource hub;
  private final int syncId;
  private final SyncRules rules;
  private final Spool spool;
  private final CopyChunk chunk = new CopyChunk();
  private final Tally tally = new Tally();
  private final Set<String> columns = new LinkedHashSet<>();

  private volatile long readCount;
  private long inHand;
  private long copied;
  private boolean begun;
  private boolean complete;
  private @Nullable RuntimeException failure;

  Staging(DataSource hub, int syncId, SyncRules rules, Spool spool) {
    this.hub = hub;
    this.syncId = syncId;
    this.rules = rules;
    this.spool = spool;
  }

  static StagingException hubTrouble(String sync, SQLException e) {
    SqlTrouble trouble = SqlTrouble.of(e);
    return new StagingException(sync, trouble.what(), trouble.cause());
  }

  /** The name of the sync whose source is read. */
  public String sync() {
    return rules.sync();
  }

  /** Rows of the source seen so far. */
  public long readCount() {
    return readCount;
  }

  /** Why the read failed, if it did. */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  public boolean isComplete() {
    return complete;
  }

  /** Stages every row that is left in a cursor. */
  public void rows(ResultSet source) {
    rows(OWN_QUERY, source, () -> {});
  }

  /**
   * Stages every row that is left in a cursor.
   *
   * @param query what people call the query, for messages
   * @param pulse called every few dozen rows; what it throws ends the read
   */
  public void rows(String query, ResultSet source, Runnable pulse) {
    reading(query, () -> readAll(query, source, pulse));
  }

  /** Stages rows that a route has made itself, under the same rules. */
  public void maps(Iterator<? extends Map<String, ?>> source) {
    reading(OWN_QUERY, () -> readAll(source));
  }

  /** {@link #maps(Iterator)}, for routes that hold a collection. */
  public void maps(Iterable<? extends Map<String, ?>> source) {
    maps(source.iterator());
  }

  /** Stages rows of texts; those that break the contract are refused one by one. */
  public void texts(TextRows source, Runnable pulse) {
    reading(source.name(), () -> readAll(source, pulse));
  }

  private void readAll(TextRows source, Runnable pulse) {
    columns.addAll(source.columns().names());
    Row row = new Row(source.columns(), rules.zone());
    StagedRows staged = new StagedRows(rules, source.columns(), chunk, tally);
    long read = readCount;
    @Nullable String[] cells = source.next();
    while (cells != null) {
      row.reset(cells, null);
      int before = chunk.length();
      try {
        staged.add(source.number(), row);
      } catch (RowException e) {
        chunk.cut(before);
        source.refuse(e);
      }
      readCount = ++read;
      copyFullChunk();
      if (read % PULSE_ROWS == 0) {
        pulse.run();
      }
      cells = source.next();
    }
  }

  private void readAll(String query, ResultSet source, Runnable pulse) throws SQLException {
    Columns found = Cells.columns(source.getMetaData());
    columns.addAll(found.names());
    Cells cells = Cells.of(found, source.getMetaData());
    Row row = new Row(found, rules.zone());
    StagedRows staged = new StagedRows(rules, found, chunk, tally);
    inHand = readCount + 1;
    while (source.next()) {
      cells.readInto(row, source);
      add(staged, query, row);
      if (readCount % PULSE_ROWS == 0) {
        pulse.run();
      }
      inHand++;
    }
  }

  private void readAll(Iterator<? extends Map<String, ?>> source) throws SQLException {
    @Nullable MapCells cells = null;
    @Nullable Row row = null;
    @Nullable StagedRows staged = null;
    inHand = readCount + 1;
    while (source.hasNext()) {
      Map<String, ?> map = source.next();
      if (cells == null || row == null || staged == null || !cells.fit(map)) {
        cells = new MapCells(map);
        columns.addAll(cells.columns().names());
        row = new Row(cells.columns(), rules.zone());
        staged = new StagedRows(rules, cells.columns(), chunk, tally);
      }
      row.reset(cells.texts(map), cells.groups(map));
      add(staged, OWN_QUERY, row);
      inHand++;
    }
  }

  private void add(StagedRows staged, String query, Row row) {
    try {
      staged.add(inHand, row);
    } catch (RowException e) {
      throw trouble(query, inHand, memberOf(row) + e.what(), e.remedy(), null);
    }
    readCount = inHand;
    copyFullChunk();
  }

  private void copyFullChunk() {
    if (tally.staged() - copied >= CHUNK_ROWS || chunk.length() >= CHUNK_BYTES) {
      copyChunk();
    }
  }

  private static String memberOf(Row row) {
    String key = row.text(Column.MEMBER_KEY);
    return key == null ? "" : "member " + key + ": ";
  }

  private void copyChunk() {
    try {
      spool.append(chunk);
    } catch (IOException e) {
      throw spoolTrouble(e);
    }
    chunk.clear();
    copied = tally.staged();
  }

  private StagingException spoolTrouble(IOException e) {
    return new StagingException(
        rules.sync(), "the rows that were read cannot be kept on disk: " + e.getMessage(), e);
  }

  private interface Reading {
    void run() throws SQLException;
  }

  private void reading(String query, Reading reading) {
    if (complete || failure != null) {
      throw new IllegalStateException("this staging of sync " + rules.sync() + " is over");
    }
    begun = true;
    inHand = 0;
    try {
      reading.run();
    } catch (SQLException e) {
      SqlTrouble trouble = SqlTrouble.of(e);
      throw failed(trouble(query, inHand, trouble.what(), trouble.remedy(), trouble.cause()));
    } catch (RowException e) {
      throw failed(trouble(query, inHand, e.what(), e.remedy(), null));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private SourceException trouble(
      String query, long row, String what, String remedy, @Nullable Throwable cause) {
    return new SourceException(rules.sync(), query, row, what, remedy, cause);
  }

  /** Records that the read cannot be completed any more; the first reason stays. */
  public void fail(RuntimeException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  private RuntimeException failed(RuntimeException reason) {
    fail(reason);
    return reason;
  }

  /**
   * Ends the read.
   *
   * @throws RuntimeException the failure of the read, if it failed
   * @throws SourceException when no route handed over as much as an empty result
   */
  public StagedSource complete() {
    if (failure != null) {
      throw failure;
    }
    if (!begun) {
      throw failed(
          trouble(
              OWN_QUERY,
              0,
              "the route ended without reading members",
              "its last step is kamelet:jdbc-members-action, or a call of the staging itself",
              null));
    }
    if (tally.staged() > copied) {
      finish();
    }
    complete = true;
    return new StagedSource(
        readCount, tally.staged(), tally.high(), tally.low(), new ArrayList<>(columns));
  }

  private void finish() {
    try {
      copyChunk();
    } catch (StagingException e) {
      throw failed(e);
    }
  }

  /** Copies what was read into the staging table; what an earlier read left there is gone. */
  public void load() {
    if (!complete) {
      throw new IllegalStateException("only a complete reading is loaded");
    }
    onTable(
        table -> {
          table.createEmpty();
          table.copy(spool);
          return true;
        });
  }

  /**
   * Looks for a member staged twice in one group, among the loaded rows.
   *
   * @throws StagingException when the table does not hold what was read
   */
  public Optional<DuplicateKey> findDuplicate() {
    return onTable(
        table -> {
          long held = table.count();
          if (held != tally.staged()) {
            throw new StagingException(
                rules.sync(), tally.staged() + " rows were staged, " + held + " are there", null);
          }
          return table.findDuplicate();
        });
  }

  private interface TableWork<T> {
    T on(StagingTable table) throws IOException, SQLException;
  }

  private <T> T onTable(TableWork<T> work) {
    try (Connection connection = hub.getConnection()) {
      return work.on(new StagingTable(connection, syncId));
    } catch (SQLException e) {
      throw hubTrouble(rules.sync(), e);
    } catch (IOException e) {
      throw spoolTrouble(e);
    }
  }

  /** Drops what was read; rows that were loaded stay until the next reading is loaded. */
  @Override
  public void close() {
    try {
      spool.close();
    } catch (IOException e) {
      throw spoolTrouble(e);
    }
  }
}
