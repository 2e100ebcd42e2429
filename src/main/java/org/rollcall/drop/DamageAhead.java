package org.rollcall.drop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.file.Recognised;
import org.rollcall.file.Table;

/**
 * A table whose first lines have been looked at: {@value #LINES} of them, or as many as have
 * {@value #CHARS} characters. Gives the same lines as the table itself.
 */
final class DamageAhead implements Table {
  private static final int LINES = 5_000;
  private static final long CHARS = 4_000_000;

  private final Table table;
  private final Deque<Line> ahead = new ArrayDeque<>();
  private @Nullable FileException trouble;
  private boolean ended;

  private DamageAhead(Table table) {
    this.table = table;
  }

  /**
   * @param indexes for each column that is read its place in the file from 0, or -1
   */
  static Table of(Table table, Damage damage, int[] indexes) {
    DamageAhead ahead = new DamageAhead(table);
    ahead.fill(damage, indexes);
    return ahead;
  }

  private void fill(Damage damage, int[] indexes) {
    long chars = 0;
    while (ahead.size() < LINES && chars < CHARS && !ended) {
      Line line = read();
      if (line instanceof Line.Cells cells) {
        Line.Cells kept = new Line.Cells(cells.number(), cells.cells().clone());
        ahead.add(kept);
        chars += characters(kept);
        damage.learn(kept.number(), mapped(kept, indexes));
      } else if (line != null) {
        ahead.add(line);
      }
    }
  }

  /** What goes wrong here is told when the lines before it have been read. */
  private @Nullable Line read() {
    try {
      Line line = table.next();
      ended = line == null;
      return line;
    } catch (FileException e) {
      trouble = e;
      ended = true;
      return null;
    }
  }

  private static long characters(Line.Cells line) {
    long characters = 0;
    for (String cell : line.cells()) {
      characters += cell == null ? 1 : cell.length();
    }
    return characters;
  }

  private static @Nullable String[] mapped(Line.Cells line, int[] indexes) {
    @Nullable String[] mapped = new String[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      mapped[i] = indexes[i] < 0 ? null : line.cells()[indexes[i]];
    }
    return mapped;
  }

  @Override
  public @Nullable Line next() {
    Line line = ahead.poll();
    if (line != null) {
      return line;
    }
    if (trouble != null) {
      throw trouble;
    }
    return ended ? null : table.next();
  }

  @Override
  public Recognised recognised() {
    return table.recognised();
  }

  @Override
  public List<String> header() {
    return table.header();
  }

  @Override
  public Optional<String> cut() {
    return table.cut();
  }

  @Override
  public void close() {
    table.close();
  }
}
