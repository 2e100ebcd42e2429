package org.rollcall.drop;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.FileException;
import org.rollcall.settings.DropSettings;

/** The date of an export: where the settings say it stands, and what it is. */
final class AsOf {
  private static final List<String> KNOWN_BEFORE = List.of("auto", "none", "name", "modified");

  private AsOf() {}

  /**
   * What is known before reading.
   *
   * @throws FileException when the name has to hold a date and does not
   */
  static Optional<LocalDateTime> beforeReading(
      DropSettings drop, String fileName, FileFacts facts, ZoneId zone) {
    String where = drop.wholeness().asOf();
    Optional<LocalDateTime> named = FileName.date(fileName);
    return switch (where) {
      case "auto" -> named;
      case "name" ->
          Optional.of(
              named.orElseThrow(
                  () ->
                      new FileException(
                          0,
                          "its name holds no date",
                          "name files like members-2026-03-29.csv, or change as-of",
                          null)));
      case "modified" -> Optional.of(LocalDateTime.ofInstant(facts.modified(), zone));
      default -> Optional.empty();
    };
  }

  /** The column that holds the date, from 0; -1 when none does. */
  static int column(DropSettings drop, List<String> header) {
    String where = drop.wholeness().asOf();
    if (KNOWN_BEFORE.contains(where)) {
      return -1;
    }
    List<String> names = header.stream().map(AsOf::plain).toList();
    int at = names.indexOf(plain(where));
    if (at < 0) {
      throw new FileException(
          0,
          "it has no column " + where + ", which as-of names",
          "the columns are " + String.join(", ", header),
          null);
    }
    return at;
  }

  /** The date in a row's cell. */
  static LocalDateTime ofCell(long line, @Nullable String cell) {
    return FileName.date(cell == null ? "" : cell)
        .orElseThrow(
            () ->
                new FileException(
                    line, "the date of the export is no date", "write it like 2026-03-29", null));
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
