package org.rollcall.drop;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.CsvLine;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.file.Table;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;
import org.rollcall.member.EmailAddress;
import org.rollcall.member.RowException;
import org.rollcall.stage.TextRows;

/** The rows of a file by the columns of the row contract; what cannot be trusted is refused. */
final class MappedRows implements TextRows {
  private final Table table;
  private final MemberFile file;
  private final Heading heading;
  private final Trailer trailer;
  private final int dateColumn;
  private final Columns columns;
  private final @Nullable String[] cells;
  private long number;

  MappedRows(Table table, MemberFile file, Heading heading, Trailer trailer) {
    this.table = table;
    this.file = file;
    this.heading = heading;
    this.trailer = trailer;
    this.dateColumn = AsOf.column(file.drop(), table.header());
    this.columns = Columns.of(heading.names());
    this.cells = new String[columns.count()];
  }

  @Override
  public String name() {
    return "file " + file.name();
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public @Nullable String @Nullable [] next() {
    for (Line line = table.next(); line != null; line = table.next()) {
      if (trailer.passes(line)) {
        continue;
      }
      file.countRow();
      number = line.number();
      if (line instanceof Line.Refused refused) {
        file.refusedRows().add(refused);
      } else if (line instanceof Line.Cells given && map(given)) {
        show();
        return cells;
      }
    }
    return null;
  }

  /** Puts the cells where the contract wants them; false when the row is refused. */
  private boolean map(Line.Cells line) {
    if (dateColumn >= 0 && file.asOf().isEmpty()) {
      file.asOf(AsOf.ofCell(line.number(), line.cells()[dateColumn]));
    }
    for (int i = 0; i < cells.length; i++) {
      int at = heading.index(i);
      String cell = at < 0 ? null : line.cells()[at];
      cells[i] = cell == null ? null : CsvLine.undefused(cell);
    }
    if (heading.keyIsEmail()) {
      addressAsKey();
    }
    Line.Refused damaged = heading.damage(line.number(), cells);
    if (damaged != null) {
      file.refusedRows().add(damaged);
    }
    return damaged == null;
  }

  private void show() {
    if (file.wantsToShow()) {
      Map<String, String> shown = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        if (cells[i] != null && !cells[i].isBlank()) {
          shown.put(columns.names().get(i), cells[i]);
        }
      }
      file.show(new MemberFile.Shown(number, shown));
    }
  }

  private void addressAsKey() {
    int email = columns.index(Column.EMAIL);
    String address = email < 0 ? null : cells[email];
    cells[columns.index(Column.MEMBER_KEY)] =
        EmailAddress.normalise(address) instanceof EmailAddress.Result.Valid valid
            ? valid.address()
            : address;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void refuse(RowException why) {
    int column = heading.columnNamedIn(why.what());
    String value = column == 0 ? "" : String.valueOf(valueAt(column));
    file.refusedRows()
        .add(new Line.Refused(number, column, value, why.what() + " (" + why.remedy() + ")"));
  }

  private @Nullable String valueAt(int fileColumn) {
    int at = Arrays.stream(heading.indexes()).boxed().toList().indexOf(fileColumn - 1);
    return at < 0 ? null : cells[at];
  }

  /**
   * To be called behind the last row.
   *
   * @throws FileException when too much of the file was refused
   */
  void finish() {
    trailer.finish(file);
    table.recognised().notes().stream()
        .filter(note -> !file.notes().contains(note))
        .forEach(file::note);
    table.cut().ifPresent(file::incomplete);
    long refused = file.refusedCount();
    if (refused > 0) {
      int most = file.drop().wholeness().maxRefused();
      if (refused * 100 > file.rows() * most) {
        throw new FileException(
            file.firstRefused().get(0).number(),
            "%,d of %,d rows cannot be read, more than the %d %% allowed; the first: %s"
                .formatted(refused, file.rows(), most, file.firstRefused().get(0).reason()),
            "mend the file, or raise max-refused",
            null);
      }
      file.incomplete("%,d of its rows could not be read".formatted(refused));
    }
  }
}
