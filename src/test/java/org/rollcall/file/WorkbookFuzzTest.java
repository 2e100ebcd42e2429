package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.file.Xlsx.number;
import static org.rollcall.file.Xlsx.row;
import static org.rollcall.file.Xlsx.text;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/**
 * Workbooks whose parts have been changed at random and packed again, for as long as {@code
 * -Drollcall.fuzz} says (such as 10m; 3 s without it). {@code -Drollcall.seed} lives one again.
 */
class WorkbookFuzzTest {
  private static final String[] PIECES = {
    "<",
    ">",
    "/",
    "'",
    "=",
    " ",
    "&amp;",
    "&#0;",
    "&#x1F600;",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?x",
    "<c>",
    "</c>",
    "<c r='A1'>",
    "<v>",
    "</v>",
    "<f/>",
    "<is><t>",
    "</t></is>",
    "</row>",
    "<row>",
    "<row r='99999999999'>",
    "<mergeCell ref='A1:B9'/>",
    "<mergeCell ref=''/>",
    " t='s'",
    " t='b'",
    " t='e'",
    " t='d'",
    " t='str'",
    " s='1'",
    " s='999999'",
    " hidden='1'",
    "<sheetData>",
    "</sheetData>",
    "1E308",
    "-1",
    "NaN",
    "_x0000_",
    "_xD800_",
    "\ufffe",
    "\u0000",
    "../",
    "rId1",
    "<si>",
    "</si>",
    "<rPh>",
    "</rPh>"
  };

  private static final String SIGNS = "0123456789ABCZabcdefghinrstvxEe-+.# :";

  @Test
  void no_workbook_crashes_the_reader() {
    String seed = System.getProperty("rollcall.seed");
    if (seed != null) {
      live(Long.parseLong(seed));
      return;
    }
    String given = System.getProperty("rollcall.fuzz", "3s").toUpperCase(Locale.ROOT);
    long first = System.nanoTime();
    long end = first + Duration.parse("PT" + given).toNanos();
    long count = 0;
    long tables = 0;
    while (System.nanoTime() < end) {
      tables += live(first + count++) ? 1 : 0;
    }
    System.out.println(
        "WorkbookFuzzTest: "
            + count
            + " workbooks, "
            + tables
            + " of them tables, seeds from "
            + first);
  }

  private static boolean live(long seed) {
    try {
      return read(new Random(seed));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError("-Drollcall.seed=" + seed, e);
    }
  }

  /** Whether it could be read to its end. */
  private static boolean read(Random random) {
    byte[] bytes = Xlsx.zip(changed(random, parts()));
    Declared declared = Declared.NOTHING;
    try (Table table =
        Workbook.open(new SeekableInMemoryByteChannel(bytes), declared, Limits.DEFAULT)) {
      int columns = table.header().size();
      long last = 0;
      for (Line line = table.next(); line != null; line = table.next()) {
        assertThat(line.number()).isGreaterThan(last);
        last = line.number();
        check(line, columns);
      }
      assertThat(table.recognised().notes()).doesNotContainNull();
      return true;
    } catch (FileException e) {
      assertThat(e.what()).isNotBlank();
      return false;
    }
  }

  private static void check(Line line, int columns) {
    if (line instanceof Line.Cells cells) {
      assertThat(cells.cells()).hasSize(columns);
    } else if (line instanceof Line.Refused refused) {
      assertThat(refused.reason()).isNotBlank();
      assertThat(refused.column()).isBetween(0, 16_384);
    }
  }

  private static Map<String, String> parts() {
    Xlsx workbook =
        new Xlsx()
            .sheet(
                "Members",
                "",
                row(1, text("A1", "Title"))
                    + row(3, text("A3", "Key"), text("B3", "Value"), text("C3", "Date"))
                    + row(
                        4,
                        number("A4", "17"),
                        "<c r='B4' t='s'><v>1</v></c>",
                        number("C4", "46110.5", 1))
                    + row(
                        5,
                        text("A5", "18"),
                        "<c r='B5' t='b'><v>1</v></c>",
                        number("C5", "2134", 2))
                    + row(6, text("A6", "19"), "<c r='B6' t='e'><v>#N/A</v></c>")
                    + row(7, text("A7", "20"), "<c r='B7'><f>1+1</f><v>2</v></c>"))
            .sheet("Other", "hidden", row(1, text("A1", "x")))
            .shared("<si><t>a</t></si>", "<si><r><t>b</t></r><rPh><t>c</t></rPh></si>")
            .formats("yyyy-mm-dd", "00000")
            .properties("<workbookPr/><calcPr fullCalcOnLoad='1'/>");
    Map<String, String> parts = new LinkedHashMap<>();
    workbook.bytes();
    workbook
        .parts()
        .forEach((name, part) -> parts.put(name, new String(part, StandardCharsets.UTF_8)));
    return parts;
  }

  private static Map<String, byte[]> changed(Random random, Map<String, String> parts) {
    List<String> names = new ArrayList<>(parts.keySet());
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      boolean sheet = random.nextInt(3) > 0;
      String name = sheet ? "xl/worksheets/sheet1.xml" : names.get(random.nextInt(names.size()));
      parts.computeIfPresent(name, (any, text) -> changed(random, text));
    }
    if (random.nextInt(20) == 0) {
      parts.remove(names.get(random.nextInt(names.size())));
    }
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    parts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }

  private static String changed(Random random, String text) {
    return random.nextInt(8) > 0 ? wellFormed(random, text) : broken(random, text);
  }

  /** Another sign at the beginning of a value, or a cell once more. */
  private static String wellFormed(Random random, String text) {
    int at = random.nextInt(text.length());
    if (random.nextInt(3) == 0) {
      int from = text.indexOf("<c ", at);
      int to = text.indexOf("</c>", from + 1) + 4;
      int target = text.indexOf("<c ", random.nextInt(text.length()));
      return from < 0 || to < 4 || target < 0
          ? text
          : text.substring(0, target) + text.substring(from, to) + text.substring(target);
    }
    while (at < text.length() && !isInValue(text, at)) {
      at++;
    }
    char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
    return at == text.length()
        ? text
        : text.substring(0, at)
            + (random.nextInt(5) == 0 ? "" : String.valueOf(sign))
            + text.substring(at + 1);
  }

  private static boolean isInValue(String text, int at) {
    boolean begins = at > 0 && (text.charAt(at - 1) == '\'' || text.charAt(at - 1) == '>');
    return begins && Character.isLetterOrDigit(text.charAt(at));
  }

  private static String broken(Random random, String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(12));
    String piece = PIECES[random.nextInt(PIECES.length)];
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, from) + piece + text.substring(to);
      case 2 -> text.substring(0, to) + text.substring(from);
      case 3 -> text.substring(0, from) + (char) random.nextInt(128) + text.substring(to);
      default -> text.substring(0, from) + piece + text.substring(from);
    };
  }
}
