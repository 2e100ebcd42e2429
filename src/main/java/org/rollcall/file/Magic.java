package org.rollcall.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is by its first bytes. */
enum Magic {
  GZIP(null, "1F8B"),
  ZIP(null, "504B0304", "504B0506", "504B0708", "504B3030504B0304"),
  OLD_OFFICE("an old Excel workbook (.xls) or another old or protected Office file", "D0CF11E0"),
  PDF("a PDF document", "25504446"),
  RTF("a text document (.rtf)", "7B5C727466"),
  SEVEN_ZIP("a 7-Zip archive", "377ABCAF271C"),
  RAR("a RAR archive", "526172211A07"),
  BZIP2("packed by bzip2", "425A6831", "425A6836", "425A6839"),
  XZ("packed by xz", "FD377A585A00"),
  ZSTD("packed by zstd", "28B52FFD"),
  IMAGE("an image", "89504E47", "FFD8FF", "47494638", "49492A00", "4D4D002A"),
  DATABASE(
      "an SQLite or Access database", "53514C69746520666F726D6174", "000100005374616E64617264"),
  PARQUET("a Parquet file", "50415231"),
  PROGRAM("a program", "7F454C46"),
  SYLK("a SYLK file", "49443B5057584C", "49443B5043414C43"),
  NONE(null);

  private final @Nullable String foreign;
  private final byte[][] starts;

  Magic(@Nullable String foreign, String... starts) {
    this.foreign = foreign;
    this.starts = new byte[starts.length][];
    for (int i = 0; i < starts.length; i++) {
      this.starts[i] = HexFormat.of().parseHex(starts[i]);
    }
  }

  static Magic of(byte[] head) {
    for (Magic magic : values()) {
      for (byte[] start : magic.starts) {
        if (begins(head, start)) {
          return magic;
        }
      }
    }
    return NONE;
  }

  /**
   * Refuses what is no table, by its name.
   *
   * @param inside whether the file was unpacked already
   */
  static Magic ofTable(byte[] head, boolean inside) {
    Magic magic = of(head);
    String foreign = magic.foreign == null ? ofText(head) : magic.foreign;
    if (foreign != null) {
      throw refused(foreign);
    }
    if (inside && (magic == GZIP || magic == ZIP)) {
      throw new FileException(
          0,
          "the archive holds another archive or a workbook",
          "pack a text file once; drop a workbook as it is",
          null);
    }
    return magic;
  }

  static FileException refused(String foreign) {
    return new FileException(0, "this is " + foreign, "save it as CSV or XLSX", null);
  }

  private static @Nullable String ofText(byte[] head) {
    String start =
        new String(head, 0, Math.min(head.length, 512), StandardCharsets.ISO_8859_1)
            .replaceAll("[\\x00\\xEF\\xBB\\xBF\\xFE\\xFF]", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html")
        || start.startsWith("<html")
        || start.startsWith("<table")) {
      return "a web page";
    }
    if (start.startsWith("<?xml") || start.startsWith("<workbook")) {
      return "an XML file";
    }
    if (start.startsWith("begin:vcard")) {
      return "an address book (vCard)";
    }
    return start.startsWith("[{") || start.matches("(?s)\\[\\s+\\{.*") ? "a JSON array" : null;
  }

  private static boolean begins(byte[] head, byte[] start) {
    return head.length >= start.length
        && java.util.Arrays.equals(head, 0, start.length, start, 0, start.length);
  }
}
