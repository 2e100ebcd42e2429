package org.rollcall.settings;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.rollcall.settings.DropSettings.Content;
import org.rollcall.settings.DropSettings.Ready;

/** The keys under {@code rollcall.drops.}; a part of the {@link Catalogue}. */
final class DropCatalogue {
  static final Entry<String> SYNC =
      Catalogue.required(
          "rollcall.drops.NAME.sync",
          Types.TEXT,
          "chamber",
          "The sync whose members the files hold; one of rollcall.syncs that has no route.");
  static final Entry<String> FOLDER =
      Catalogue.optional(
          "rollcall.drops.NAME.folder",
          Types.TEXT,
          "drops/chamber",
          "Where files are dropped, from the home on. Without it drops/NAME.");
  static final Entry<Content> CONTENT =
      Catalogue.withDefault(
          "rollcall.drops.NAME.content",
          DropTypes.CONTENT,
          "full",
          "What a file is: a full list (whoever is not in it has left), additions (nobody leaves), or"
              + " removals (whoever is in it has left).");
  static final Entry<Ready> READY =
      Catalogue.withDefault(
          "rollcall.drops.NAME.ready",
          DropTypes.READY,
          "settled",
          "How a file shows that it is whole: settled, it has not changed for a while; marker, an"
              + " empty file NAME.done lies beside it; renamed, it gets its name only then.");
  static final Entry<Duration> SETTLE =
      Catalogue.withDefault(
          "rollcall.drops.NAME.settle",
          Types.duration("0ms", "1d"),
          "10s",
          "For how long a settled file has not changed.");
  static final Entry<Duration> LOOK_EVERY =
      Catalogue.withDefault(
          "rollcall.drops.NAME.look-every",
          Types.duration("100ms", "1d"),
          "5s",
          "How often the folder is looked at.");
  static final Entry<String> FORMAT =
      Catalogue.optional(
          "rollcall.drops.NAME.format",
          DropTypes.FORMAT,
          "csv",
          "The kind of file; csv with whatever delimiter. Without it, it is found out.");
  static final Entry<Charset> CHARSET =
      Catalogue.optional(
          "rollcall.drops.NAME.charset",
          DropTypes.CHARSET,
          "windows-1252",
          "The encoding of text files. Without it, it is found out.");
  static final Entry<Character> DELIMITER =
      Catalogue.optional(
          "rollcall.drops.NAME.delimiter",
          DropTypes.CHARACTER,
          ";",
          "What separates the columns of text files. Without it, it is found out.");
  static final Entry<Character> QUOTE =
      Catalogue.optional(
          "rollcall.drops.NAME.quote",
          DropTypes.CHARACTER,
          "\"",
          "What stands around texts that hold the delimiter. Without it, it is found out.");
  static final Entry<String> SHEET =
      Catalogue.optional(
          "rollcall.drops.NAME.sheet",
          Types.TEXT,
          "Members",
          "The sheet of a workbook. Without it the only one that holds anything.");
  static final Entry<String> COLUMN =
      Catalogue.optional(
          "rollcall.drops.NAME.columns.HEADER",
          Types.TEXT,
          "email",
          "What the column HEADER of the files is: a column of the row contract, another name for a"
              + " custom field, or - to leave it out. HEADER stands there as in the file, blanks"
              + " included. Usual names are recognised without.");
  static final Entry<Boolean> OTHER_COLUMNS =
      Catalogue.withDefault(
          "rollcall.drops.NAME.other-columns",
          DropTypes.OTHER_COLUMNS,
          "ignore",
          "What becomes of columns that are neither declared nor recognised: left out, or custom"
              + " fields under their own names.");
  static final Entry<Boolean> KEY =
      Catalogue.withDefault(
          "rollcall.drops.NAME.key",
          DropTypes.KEY_IS_EMAIL,
          "member_key",
          "What tells members apart: their key, or their address in files without keys, where another"
              + " address is another member.");
  static final Entry<String> DATES =
      Catalogue.optional(
          "rollcall.drops.NAME.dates",
          DropTypes.DATES,
          "day-first",
          "How dates such as 03/04/2026 are meant. Without it they have to be unmistakable.");
  static final Entry<Pattern> KEY_PATTERN =
      Catalogue.optional(
          "rollcall.drops.NAME.key-pattern",
          DropTypes.REGEX,
          "[0-9]{6}",
          "What every key looks like; rows with others are refused.");
  static final Entry<String> AS_OF =
      Catalogue.withDefault(
          "rollcall.drops.NAME.as-of",
          Types.TEXT,
          "auto",
          "Where the date of the export stands, so that an older file after a newer one is refused:"
              + " name (2026-03-29 or 20260329 in the file's name), modified (the file's time), a"
              + " column's name, none, or auto (the name, where it holds one).");
  static final Entry<Integer> MIN_ROWS =
      Catalogue.withDefault(
          "rollcall.drops.NAME.min-rows",
          DropTypes.PERCENTAGE,
          "50%",
          "A full list with fewer rows than this share of the last one is taken to be cut off: it adds"
              + " and changes, and nobody leaves.");
  static final Entry<Integer> MAX_REFUSED =
      Catalogue.withDefault(
          "rollcall.drops.NAME.max-refused",
          DropTypes.PERCENTAGE,
          "10%",
          "A file of which more rows than this cannot be read is refused as a whole.");
  static final Entry<Pattern> TRAILER =
      Catalogue.optional(
          "rollcall.drops.NAME.trailer",
          DropTypes.REGEX,
          "END OF FILE,(\\d+)",
          "What the last line of a whole file looks like; the number of rows, if it tells, in"
              + " brackets.");
  static final Entry<Duration> KEEP =
      Catalogue.withDefault(
          "rollcall.drops.NAME.keep",
          Types.duration("0ms", "3650d"),
          "30d",
          "How long files stay in done/ and failed/, for they hold personal data.");

  static final List<Entry<?>> ALL =
      List.of(
          SYNC,
          FOLDER,
          CONTENT,
          READY,
          SETTLE,
          LOOK_EVERY,
          FORMAT,
          CHARSET,
          DELIMITER,
          QUOTE,
          SHEET,
          COLUMN,
          OTHER_COLUMNS,
          KEY,
          DATES,
          KEY_PATTERN,
          AS_OF,
          MIN_ROWS,
          MAX_REFUSED,
          TRAILER,
          KEEP);

  private DropCatalogue() {}
}
