package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.file.Xlsx.lines;
import static org.rollcall.file.Xlsx.number;
import static org.rollcall.file.Xlsx.row;
import static org.rollcall.file.Xlsx.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileWorkbookTest {
  private static final String HEADER = row(1, text("A1", "Key"), text("B1", "Value"));
  private static final Limits SMALL = new Limits(1 << 20, 200, 50, 100, Duration.ofMinutes(5));

  private static Table open(byte[] bytes) {
    return Workbook.open(new SeekableInMemoryByteChannel(bytes), Declared.NOTHING, Limits.DEFAULT);
  }

  private static void readAll(byte[] bytes) {
    try (Table table = open(bytes)) {
      lines(table);
    }
  }

  @Test
  void bomb_is_refused_by_its_ratio_before_it_fills_anything() {
    Xlsx bomb = Xlsx.of(HEADER, row(2, text("A2", "1")), "<row/>".repeat(11_000_000));

    assertThatThrownBy(() -> readAll(bomb.bytes()))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("unpacks to more than 200 times its size");
  }

  @Test
  void bomb_of_shared_texts_is_refused_when_it_is_opened() {
    Xlsx bomb = Xlsx.of(HEADER).shared("<si><t/></si>".repeat(4_000_000));

    assertThatThrownBy(bomb::open).hasMessageContaining("times its size");
  }

  @Test
  void more_bytes_than_allowed_are_refused() {
    Xlsx workbook = Xlsx.of(HEADER, row(2, text("A2", random(2 << 20))));

    assertThatThrownBy(() -> lines(workbook.open(SMALL)))
        .hasMessageContaining("unpacks to more than 1 MB");
  }

  private static String random(int length) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  @Test
  void reading_ends_when_its_time_is_over() {
    Limits hasty = new Limits(1 << 30, 200, 50, 100, Duration.ofNanos(1));

    assertThatThrownBy(() -> Xlsx.of(HEADER).open(hasty)).hasMessageContaining("took longer than");
  }

  @Test
  void long_cell_and_long_row_are_refused_and_the_next_row_is_read() {
    String[] wide = new String[20];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = text(SheetRows.letters(i) + "3", random(90));
    }
    try (Table table =
        Xlsx.of(HEADER, row(2, text("A2", random(101))), row(3, wide), row(4, text("A4", "1")))
            .open(SMALL)) {
      assertThat(lines(table).toString())
          .contains("cell A2 (Key): the text is longer than 100 characters")
          .endsWith("[1, null]]");
    }
  }

  @Test
  void long_row_within_the_table_is_refused() {
    String[] header = new String[20];
    String[] wide = new String[20];
    for (int i = 0; i < wide.length; i++) {
      header[i] = text(SheetRows.letters(i) + "1", "h" + i);
      wide[i] = text(SheetRows.letters(i) + "2", random(90));
    }
    try (Table table = Xlsx.of(row(1, header), row(2, wide)).open(SMALL)) {
      assertThat(lines(table).toString()).contains("the row has more than 800 characters");
    }
  }

  @Test
  void header_that_is_too_wide_is_refused() {
    assertThatThrownBy(() -> Xlsx.of(row(1, text("A1", "Key"), text("AZ1", "Value"))).open(SMALL))
        .hasMessageContaining("goes on to column AZ, and 50 columns are read at most");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>|document type",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet/>|document type",
        "<worksheet>&a;</worksheet>|no readable XML",
        "<worksheet><sheetData>|no readable XML",
        "no xml|no readable XML"
      })
  void document_types_entities_and_broken_xml_are_refused(String xml, String words) {
    assertThatThrownBy(() -> new Xlsx().rawSheet("Members", "", xml).open())
        .isInstanceOf(FileException.class)
        .hasMessageContaining(words);
  }

  @Test
  void deep_nesting_is_refused() {
    String deep = "<a>".repeat(100_000) + "</a>".repeat(100_000);

    assertThatThrownBy(() -> new Xlsx().rawSheet("Members", "", deep).open())
        .hasMessageContaining("no readable XML");
  }

  @Test
  void name_of_megabytes_is_refused() {
    Xlsx workbook = new Xlsx().rawSheet("Members", "", "<" + random(9 << 20) + "/>");

    assertThatThrownBy(workbook::open).hasMessageContaining("a tag or a text of more than 8 MB");
  }

  @Test
  void sheet_that_lies_outside_is_refused() {
    Xlsx workbook = new Xlsx().refer("Members", "", "file:///etc/passwd", "TargetMode='External'");

    assertThatThrownBy(workbook::open)
        .hasMessageContaining("the sheet \"Members\" lies outside of the workbook");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../../etc/passwd", "/etc/passwd", "..\\\\x", "%zz", "http://x/"})
  void target_is_a_key_into_the_archive_and_no_path(String target) {
    assertThatThrownBy(() -> new Xlsx().refer("Members", "", target, "").open())
        .hasMessageContaining("the sheet \"Members\" is not in it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main|(.xlsb)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml|(.docx)",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml|(.pptx)",
        "text/plain|no workbook"
      })
  void other_office_files_are_refused_by_name(String type, String name) {
    assertThatThrownBy(() -> Xlsx.of(HEADER).type(type).open())
        .hasMessageContaining(name)
        .hasMessageContaining("save it as an Excel workbook (.xlsx) or as CSV");
  }

  @Test
  void macros_are_left_alone() {
    try (Table table =
        Xlsx.of(HEADER)
            .type("application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            .part("xl/vbaProject.bin", "x")
            .open()) {
      assertThat(table.header()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mimetype;content.xml|application/vnd.oasis.opendocument.spreadsheet|(.ods)",
        "mimetype;content.xml|application/vnd.oasis.opendocument.text|OpenDocument file",
        "Index/Document.iwa|x|Numbers",
        "a.txt|x|this archive is no workbook"
      })
  void archives_of_other_programs_are_refused_by_name(String names, String text, String words) {
    Map<String, byte[]> parts = new HashMap<>();
    for (String name : names.split(";")) {
      parts.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(() -> open(Xlsx.zip(parts))).hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "EncryptedPackage,encrypted with a password",
    "Workbook,(.xls)",
    "WordDocument,old Office file"
  })
  void old_containers_are_refused_by_what_they_hold(String entry, String words) {
    ByteBuffer file = ByteBuffer.allocate(1536).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(0, 0xE11AB1A1E011CFD0L).putShort(0x1e, (short) 9).putInt(0x30, 1);
    file.position(1024).put(entry.getBytes(StandardCharsets.UTF_16LE));

    assertThatThrownBy(() -> open(file.array())).hasMessageContaining(words);
  }

  @Test
  void channel_is_closed_whenever_opening_fails() {
    SeekableByteChannel file = new SeekableInMemoryByteChannel(new byte[100]);

    assertThatThrownBy(() -> Workbook.open(file, Declared.NOTHING, Limits.DEFAULT))
        .hasMessageContaining("cut off or damaged");
    assertThat(file.isOpen()).isFalse();

    SeekableByteChannel other = Xlsx.of(HEADER).type("text/plain").channel();
    assertThatThrownBy(() -> Workbook.open(other, Declared.NOTHING, Limits.DEFAULT))
        .isInstanceOf(FileException.class);
    assertThat(other.isOpen()).isFalse();
  }

  @Test
  void rows_or_cells_out_of_order_are_refused() {
    assertThatThrownBy(() -> readAll(Xlsx.of(HEADER, row(3, number("A3", "1")), row(2)).bytes()))
        .hasMessageContaining("out of order: row \"2\" after row 3");
    assertThatThrownBy(
            () -> readAll(Xlsx.of(HEADER, row(2, number("B2", "1"), number("A2", "1"))).bytes()))
        .hasMessageContaining("out of order: cell \"A2\" in row 2");
    assertThatThrownBy(() -> readAll(Xlsx.of(HEADER, row(2, number("ZZZZ2", "1"))).bytes()))
        .hasMessageContaining("out of order");
  }

  @Test
  void part_that_comes_twice_is_refused() {
    assertThatThrownBy(() -> Xlsx.of(HEADER).part("XL/workbook.xml", "<x/>").open())
        .hasMessageContaining("holds a part twice");
  }

  @Test
  void thousands_of_parts_are_refused() {
    Xlsx workbook = Xlsx.of(HEADER);
    for (int i = 0; i < 20_001; i++) {
      workbook.part("junk/" + i, "");
    }

    assertThatThrownBy(workbook::open).hasMessageContaining("more than 20000 parts");
  }

  @Test
  void changed_bytes_and_cut_files_are_an_error_or_the_same_table_never_another() {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 2; i < 300; i++) {
      rows.append(row(i, text("A" + i, "key " + i), number("B" + i, "" + i * 7919)));
    }
    byte[] whole = Xlsx.of(rows.toString()).bytes();
    String right = outcome(whole);
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      byte[] changed =
          i % 10 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      if (changed.length > 0) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertThat(outcome(changed)).isIn(right, "refused");
    }
  }

  private static String outcome(byte[] bytes) {
    try (Table table = open(bytes)) {
      return table.header() + lines(table).toString();
    } catch (FileException e) {
      return "refused";
    }
  }
}
