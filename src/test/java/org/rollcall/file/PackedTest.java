package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F12 of the failures: what is packed, and what is no table at all. */
class PackedTest {
  private static final String TABLE = "id,name\n1,a\n2,b\n";
  private static final List<List<String>> CELLS = List.of(List.of("1", "a"), List.of("2", "b"));

  @Test
  void gzip_is_unpacked_in_one_piece_or_several() throws IOException {
    Reading read = Reading.of(Packing.gzip(TABLE));
    byte[] two = joined(Packing.gzip("id,name\n1,a\n"), Packing.gzip("2,b\n"));

    assertThat(read.cells()).isEqualTo(CELLS);
    assertThat(read.recognised().container()).isEqualTo("gzip");
    assertThat(Reading.of(two).cells()).isEqualTo(CELLS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"members.csv", "folder/members.txt", "members.xlsx", "noname", "CON"})
  void a_zip_with_one_file_is_unpacked_whatever_its_name(String name) throws IOException {
    Reading read = Reading.of(Packing.zip(name, TABLE));

    assertThat(read.cells()).isEqualTo(CELLS);
    assertThat(read.recognised().container()).isEqualTo("zip");
  }

  @Test
  void what_macos_adds_to_a_zip_does_not_count() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("members.csv", TABLE.getBytes(StandardCharsets.UTF_8));
    files.put("__MACOSX/._members.csv", new byte[] {0, 5, 22, 7});

    assertThat(Reading.of(Packing.zip(files)).cells()).isEqualTo(CELLS);
  }

  @Test
  void a_zip_with_no_file_or_several_is_refused() throws IOException {
    Map<String, byte[]> two = Map.of("a.csv", new byte[9], "b.csv", new byte[9]);

    refused(Packing.zip(two), "2 files");
    refused(Packing.zip(Map.of("folder/", new byte[0])), "no file");
    refused(Packing.zip(Map.of()), "no file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../m.csv",
        "a/../../m.csv",
        "/etc/m.csv",
        "C:\\m.csv",
        "..\\m.csv",
        "a\u0007.csv"
      })
  void names_that_lead_elsewhere_are_refused(String name) throws IOException {
    refused(Packing.zip(name, TABLE), "leads out");
  }

  @Test
  void an_encrypted_zip_is_refused() throws IOException {
    byte[] zip = Packing.zip("a.csv", TABLE);
    int central = indexOf(zip, "504b0102");
    zip[6] |= 1;
    zip[central + 8] |= 1;

    refused(zip, "encrypted");
  }

  @Test
  void archives_in_archives_are_refused() throws IOException {
    byte[] zip = Packing.zip("a.csv", TABLE);

    refused(Packing.gzip(zip), "another archive");
    refused(Packing.gzip(Packing.gzip(TABLE)), "another archive");
    refused(Packing.zip(Map.of("a.csv", zip)), "another archive");
    refused(Packing.zip(Map.of("a.csv", Packing.gzip(TABLE))), "another archive");
  }

  @Test
  void packed_files_that_are_cut_or_damaged_are_refused() throws IOException {
    StringBuilder table = new StringBuilder("id,name\n");
    for (int i = 0; i < 5_000; i++) {
      table.append(i).append(",").append(Integer.toHexString(i * 7919)).append('\n');
    }
    for (byte[] packed :
        List.of(Packing.gzip(table.toString()), Packing.zip("a.csv", table.toString()))) {
      for (int percent = 5; percent < 100; percent += 5) {
        byte[] cut = Arrays.copyOf(packed, packed.length * percent / 100);
        refused(cut, "damaged or not whole");
      }
      byte[] flipped = packed.clone();
      flipped[packed.length / 2] ^= 16;
      refused(flipped, "damaged or not whole");
    }
  }

  @Test
  void a_checksum_that_does_not_match_is_a_damage() throws IOException {
    byte[] zip = Packing.zip("a.csv", TABLE);
    zip[indexOf(zip, "504b0102") + 16] ^= 1;

    refused(zip, "damaged");
  }

  @Test
  void bombs_are_refused_by_their_ratio_and_by_their_size() throws IOException {
    byte[] blank = new byte[60_000_000];
    Arrays.fill(blank, (byte) 'x');

    refused(Packing.gzip(blank), "200 times its size");
    refused(Packing.zip(Map.of("a.csv", blank)), "200 times its size");
    Limits small = new Limits(1_000_000, 100_000, 10, 100, Duration.ofMinutes(1));
    assertThatThrownBy(() -> Reading.of(Packing.gzip(blank), Declared.NOTHING, small))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("more than 1000000 bytes");
    assertThatThrownBy(() -> Reading.of(blank, Declared.NOTHING, small))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("more than 1000000 bytes");
  }

  @Test
  void gzip_that_unpacks_to_nothing_for_long_is_refused() throws IOException {
    byte[] empty = Packing.gzip("");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      many.write(empty);
    }
    byte[] name = new byte[5_000_000];
    Arrays.fill(name, (byte) 'n');
    byte[] header = HexFormat.of().parseHex("1f8b0808000000000003");

    refused(many.toByteArray(), "unpacks to nothing");
    refused(joined(header, name), "unpacks to nothing");
  }

  @Test
  void a_zip_with_a_million_entries_is_refused_before_its_directory_is_read() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 40_000; i++) {
      files.put("file" + i, new byte[0]);
    }

    refused(Packing.zip(files), "directory of more than a megabyte");
  }

  @ParameterizedTest
  @CsvSource({
    "d0cf11e0a1b11ae1,an old Excel workbook",
    "255044462d312e37,a PDF document",
    "7b5c72746631,a text document",
    "377abcaf271c0004,a 7-Zip archive",
    "526172211a0700,a RAR archive",
    "fd377a585a0000,packed by xz",
    "89504e470d0a1a0a,an image",
    "ffd8ffe000104a46,an image",
    "3c21444f43545950452068746d6c3e,a web page",
    "efbbbf3c68746d6c3e,a web page",
    "3c3f786d6c2076657273696f6e3d,an XML file",
    "424547494e3a5643415244,an address book",
    "5b7b226964223a317d5d,a JSON array",
    "50415231,a Parquet file"
  })
  void what_is_no_table_is_called_by_its_name(String start, String what) {
    refused(
        joined(HexFormat.of().parseHex(start), "\nrest,of,it\n".getBytes(StandardCharsets.UTF_8)),
        what);
  }

  @Test
  void other_office_files_are_called_by_their_name() throws IOException {
    byte[] some = {1};
    refused(Packing.zip(Map.of("mimetype", some, "content.xml", some)), "OpenDocument");
    refused(
        Packing.zip(Map.of("[Content_Types].xml", some, "word/document.xml", some)),
        "Office document");
    refused(
        Packing.zip(Map.of("[Content_Types].xml", some, "xl/workbook.bin", some)),
        "binary workbook");
  }

  @Test
  void what_is_declared_has_to_be_there() {
    Declared workbook =
        new Declared(
            Optional.of("xlsx"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThatThrownBy(
            () -> Reading.of(TABLE.getBytes(StandardCharsets.UTF_8), workbook, Limits.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("declared to be xlsx");
  }

  private static void refused(byte[] file, String why) {
    assertThatThrownBy(() -> Reading.of(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(why);
  }

  private static byte[] joined(byte[] one, byte[] two) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(two);
    return both.toByteArray();
  }

  private static int indexOf(byte[] bytes, String hex) {
    return HexFormat.of().formatHex(bytes).indexOf(hex) / 2;
  }
}
