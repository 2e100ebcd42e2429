package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F6 of the failures: whatever charset, right or refused, never a question mark. */
class EncodingsTest {
  private static final String WESTERN =
      table("Jürgen Groß", "Zoë Müller", "François Lefèvre", "José Núñez", "Åsa Öberg");
  private static final String CENTRAL =
      table("Łukasz Wiśniewski", "Żaneta Dąbrowska", "Józef Świątek", "Małgorzata Kępińska");
  private static final String CZECH =
      table("Jiří Dvořák", "Tomáš Procházka", "Růžena Černá", "Zdeněk Šťastný", "Alžběta Kučerová");
  private static final String CYRILLIC =
      table("Иванов Сергей Петрович", "Смирнова Наталья", "Кузнецов Дмитрий", "Попова Ольга");
  private static final String GREEK =
      table("Παπαδόπουλος Γιώργος", "Νικολάου Ελένη", "Δημητρίου Κώστας", "Ιωάννου Μαρία");

  private static String table(String... names) {
    StringBuilder text = new StringBuilder("id,name\n");
    for (int i = 0; i < 40; i++) {
      text.append(i + 1).append(',').append(names[i % names.length]).append('\n');
    }
    return text.toString();
  }

  private static byte[] bytes(String text, String charset, int... mark) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int one : mark) {
      bytes.write(one);
    }
    bytes.writeBytes(text.getBytes(Charset.forName(charset)));
    return bytes.toByteArray();
  }

  private static void readsAs(byte[] file, String charset, String text) {
    Reading read = Reading.of(file);
    assertThat(read.recognised().charset()).isEqualTo(charset);
    assertThat(read.refused()).isEmpty();
    assertThat(read.header()).containsExactly("id", "name");
    assertThat(read.rows()).hasSize(40);
    assertThat(read.rows().get(0).cells().get(1))
        .isEqualTo(text.lines().toList().get(1).substring(2));
    assertThat(read.cut()).isEmpty();
  }

  @Test
  void marks_are_honoured() {
    readsAs(bytes(CYRILLIC, "UTF-8", 0xEF, 0xBB, 0xBF), "UTF-8", CYRILLIC);
    readsAs(bytes(CYRILLIC, "UTF-16LE", 0xFF, 0xFE), "UTF-16LE", CYRILLIC);
    readsAs(bytes(CYRILLIC, "UTF-16BE", 0xFE, 0xFF), "UTF-16BE", CYRILLIC);
    readsAs(bytes(CYRILLIC, "UTF-32LE", 0xFF, 0xFE, 0, 0), "UTF-32LE", CYRILLIC);
    readsAs(bytes(CYRILLIC, "UTF-32BE", 0, 0, 0xFE, 0xFF), "UTF-32BE", CYRILLIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void unicode_is_found_without_a_mark(String charset) {
    readsAs(bytes(WESTERN, charset), charset, WESTERN);
    readsAs(bytes(CYRILLIC, charset), charset, CYRILLIC);
  }

  @Test
  void bytes_of_one_letter_are_guessed_and_the_guess_is_told() {
    readsAs(bytes(WESTERN, "windows-1252"), "windows-1252", WESTERN);
    readsAs(bytes(CENTRAL, "windows-1250"), "windows-1250", CENTRAL);
    readsAs(bytes(CYRILLIC, "windows-1251"), "windows-1251", CYRILLIC);
    readsAs(bytes(CYRILLIC, "KOI8-R"), "KOI8-R", CYRILLIC);
    readsAs(bytes(GREEK, "windows-1253"), "ISO-8859-7", GREEK);
    assertThat(Reading.of(bytes(CENTRAL, "windows-1250")).recognised().notes())
        .anyMatch(note -> note.contains("guess") && note.contains("setting charset"));
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-2", "windows-1250"})
  void czech_is_read_right_in_both_its_charsets(String charset) {
    readsAs(bytes(CZECH, charset), charset, CZECH);
  }

  @Test
  void letters_far_down_the_file_count_as_well() {
    String text = "id,name\n" + "1,Joe\n".repeat(100_000) + WESTERN.substring(8);

    Reading read = Reading.of(text, Charset.forName("windows-1252"));

    assertThat(read.recognised().charset()).isEqualTo("windows-1252");
    assertThat(read.cells()).contains(List.of("1", "Jürgen Groß"));
  }

  @Test
  void what_is_declared_wins_over_a_mark_and_that_is_told() {
    Declared latin =
        new Declared(
            Optional.empty(),
            Optional.of(StandardCharsets.ISO_8859_1),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    Reading read =
        Reading.of(bytes("id,name\n1,Müller\n", "UTF-8", 0xEF, 0xBB, 0xBF), latin, Limits.DEFAULT);

    assertThat(read.header()).containsExactly("id", "name");
    assertThat(read.cells()).containsExactly(List.of("1", "MÃ¼ller"));
    assertThat(read.recognised().notes()).anyMatch(note -> note.contains("mark of UTF-8"));
  }

  @Test
  void a_file_that_is_nearly_all_utf_8_stays_so_and_the_rest_is_refused() {
    byte[] good = bytes(WESTERN, "UTF-8");
    byte[] bad = bytes("41,Jos\u00e9\n42,\u00c5sa\n", "windows-1252");
    byte[] file =
        bytes(
            new String(good, StandardCharsets.ISO_8859_1)
                + new String(bad, StandardCharsets.ISO_8859_1)
                + "43,z\n",
            "ISO-8859-1");

    Reading read = Reading.of(file);

    assertThat(read.recognised().charset()).isEqualTo("UTF-8");
    assertThat(read.refusedLines()).containsExactly(42L, 43L);
    int at = good.length + "41,Jos".length() + 1;
    assertThat(read.refused().get(0))
        .satisfies(
            refused -> {
              assertThat(refused.column()).isEqualTo(2);
              assertThat(refused.value()).isEqualTo("Jos\\xE9");
              assertThat(refused.reason())
                  .contains("byte E9")
                  .contains("byte " + at + " of the file");
            });
    assertThat(read.rows()).hasSize(41);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
  void a_cut_character_at_the_end_is_seen(String charset) {
    byte[] whole = bytes(CYRILLIC.strip(), charset);

    Reading read = Reading.of(java.util.Arrays.copyOf(whole, whole.length - 1));

    assertThat(read.recognised().charset()).isEqualTo(charset);
    assertThat(read.refusedLines()).containsExactly(41L);
    assertThat(read.cut()).hasValueSatisfying(why -> assertThat(why).contains("character"));
  }

  @Test
  void a_cut_character_in_a_file_of_plain_letters_is_seen() {
    Reading read = Reading.of(new byte[] {'i', 'd', ',', 'n', '\n', '1', ',', 'a', (byte) 0xC3});

    assertThat(read.recognised().charset()).isEqualTo("UTF-8");
    assertThat(read.cut()).isPresent();
  }

  @Test
  void half_of_a_surrogate_pair_refuses_its_row() {
    byte[] file = bytes("id,name\n1,ab\n2,c\n" + "3,Joe Fox\n".repeat(5), "UTF-16LE", 0xFF, 0xFE);
    file[2 + 2 * 10] = 0x3D;
    file[2 + 2 * 10 + 1] = (byte) 0xD8;

    Reading read = Reading.of(file);

    assertThat(read.refusedLines()).containsExactly(2L);
    assertThat(read.rows()).hasSize(6);
  }

  @Test
  void signs_beyond_the_basic_plane_and_replacement_characters_of_the_file_itself_are_kept() {
    assertThat(Reading.of("id,name\n1,\ud83d\ude00 \ufffd ?\n").cells())
        .containsExactly(List.of("1", "\ud83d\ude00 \ufffd ?"));
  }

  @Test
  void a_mark_in_the_middle_tells_of_files_put_together() {
    assertThat(Reading.of("id,name\n1,a\n\ufeffid,name\n2,b\n").refusedLines()).containsExactly(3L);
  }

  @Test
  void undecodable_bytes_in_the_header_stop_the_file() {
    byte[] file = bytes("id,na\u00e9me\n1,x\n", "ISO-8859-1");
    Declared utf8 =
        new Declared(
            Optional.empty(),
            Optional.of(StandardCharsets.UTF_8),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Reading.of(file, utf8, Limits.DEFAULT))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("line 1")
        .hasMessageContaining("byte 6 of the file");
  }
}
