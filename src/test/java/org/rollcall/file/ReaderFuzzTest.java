package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Reads damaged files and made-up tables for as long as {@code -Drollcall.fuzz} says ({@code 10m},
 * {@code 30s}; a few seconds when nothing is said). A finding names the seed; {@code
 * -Drollcall.fuzz.seed} repeats it.
 */
class ReaderFuzzTest {
  private static final String PLAIN =
      "id,name,note,email\n1,\"Groß, Jürgen\",\"two\nlines\",j@example.org\n2,Ann,\"a \"\"b\"\"\",a@example.org\n"
          + "3,Łucja,,l@example.org\n".repeat(20);
  private static final String JSON =
      "{\"id\":1,\"name\":\"Jürgen\",\"groups\":[\"A\",\"B\"],\"on\":true}\n"
          + "{\"id\":2.50,\"name\":null}\n".repeat(20);
  private static final String[] INSERTS = {
    "\"",
    "'",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\\",
    "\\\"",
    "\"\"",
    "\u001b",
    "#",
    "sep=;\n",
    "{",
    "}",
    "[",
    ":",
    "\ufeff",
    "\u00ef\u00bb\u00bf",
    "\u00ff\u00fe",
    "\u00c3",
    "PK\u0003\u0004",
    "\u001f\u008b\u0008"
  };
  private static final Limits LIMITS =
      new Limits(4_000_000, 50, 100, 2_000, Duration.ofSeconds(30));
  private static final long LITTLE = 96L << 20;
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void damaged_files_are_refused_or_read_and_nothing_else() throws IOException {
    List<byte[]> seeds = seeds();
    run(random -> damaged(seeds, random));
  }

  @Test
  void valid_tables_come_back_as_they_were() {
    run(ReaderFuzzTest::roundTrip);
  }

  private interface Round {
    void play(Random random) throws IOException;
  }

  private static void run(Round round) {
    Long only = Long.getLong("rollcall.fuzz.seed");
    long until = System.nanoTime() + time().toNanos();
    long first = only == null ? System.nanoTime() : only;
    long rounds = 0;
    for (long seed = first; rounds == 0 || only == null && System.nanoTime() < until; seed++) {
      try {
        round.play(new Random(seed));
      } catch (Throwable finding) {
        throw new AssertionError("repeat with -Drollcall.fuzz.seed=" + seed, finding);
      }
      rounds++;
    }
    System.out.println(rounds + " rounds of fuzzing");
  }

  private static Duration time() {
    return Duration.parse(
            "PT" + System.getProperty("rollcall.fuzz", "3s").toUpperCase(java.util.Locale.ROOT))
        .dividedBy(2);
  }

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-32BE")) {
      seeds.add(("\ufeff" + PLAIN).getBytes(Charset.forName(charset)));
      seeds.add(PLAIN.replace("\n", "\r\n").getBytes(Charset.forName(charset)));
    }
    seeds.add(PLAIN.replace(',', ';').getBytes(Charset.forName("windows-1250")));
    seeds.add(("sep=\t\n" + PLAIN.replace(',', '\t')).getBytes(StandardCharsets.UTF_8));
    seeds.add(PLAIN.replace("\"\"", "\\\"").getBytes(StandardCharsets.UTF_8));
    seeds.add(("Members\n\n" + PLAIN.replace('"', '\'')).getBytes(StandardCharsets.UTF_8));
    seeds.add(JSON.getBytes(StandardCharsets.UTF_8));
    seeds.add(Packing.gzip(PLAIN));
    seeds.add(Packing.gzip(JSON));
    seeds.add(Packing.zip("members.csv", PLAIN));
    seeds.add(Packing.zip(Map.of("a/b.csv", PLAIN.repeat(20).getBytes(StandardCharsets.UTF_8))));
    return seeds;
  }

  private static void damaged(List<byte[]> seeds, Random random) {
    byte[] file = pick(seeds, random).clone();
    int damages = random.nextInt(1, 6);
    for (int i = 0; i < damages && file.length > 0; i++) {
      file = damage(file, seeds, random);
    }
    long began = System.nanoTime();
    long before = allocated();
    try {
      check(Reading.of(file, declared(random), LIMITS));
    } catch (FileException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
    assertThat(allocated() - before).as("bytes allocated").isLessThan(LITTLE);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }

  private static Declared declared(Random random) {
    if (random.nextInt(3) > 0) {
      return Declared.NOTHING;
    }
    return new Declared(
        maybe(random, pick(List.of("csv", "jsonl", "xlsx"), random)),
        maybe(
            random,
            Charset.forName(
                pick(
                    List.of("UTF-8", "UTF-16", "UTF-32", "windows-1252", "Shift_JIS", "GB18030"),
                    random))),
        maybe(random, pick(List.of(',', ';', 'e', '\t'), random)),
        maybe(random, pick(List.of('"', '\'', '~'), random)),
        Optional.empty());
  }

  private static <T> Optional<T> maybe(Random random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }

  private static byte[] damage(byte[] file, List<byte[]> seeds, Random random) {
    int at = random.nextInt(file.length);
    int to = Math.min(file.length, at + random.nextInt(1, 60));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(file, at, random);
      case 1 -> Arrays.copyOf(file, at);
      case 2 -> joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, to, file.length));
      case 3 -> joined(file, Arrays.copyOfRange(file, at, to));
      case 4 -> {
        byte[] other = pick(seeds, random);
        int from = random.nextInt(other.length);
        yield joined(Arrays.copyOf(file, at), Arrays.copyOfRange(other, from, other.length));
      }
      case 5 ->
          inserted(
              file,
              at,
              pick(List.of(INSERTS), random)
                  .repeat(random.nextInt(50) == 0 ? 3_000 : random.nextInt(1, 4)));
      default -> {
        file[at] = (byte) random.nextInt(256);
        yield file;
      }
    };
  }

  private static byte[] flipped(byte[] file, int at, Random random) {
    file[at] ^= (byte) (1 << random.nextInt(8));
    return file;
  }

  private static byte[] inserted(byte[] file, int at, String what) {
    byte[] bytes = what.getBytes(StandardCharsets.ISO_8859_1);
    return joined(
        joined(Arrays.copyOf(file, at), bytes), Arrays.copyOfRange(file, at, file.length));
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  /** What holds for every table, whatever it was made from. */
  private static void check(Reading read) {
    long last = 0;
    for (Reading.Row row : read.rows()) {
      assertThat(row.cells()).hasSameSizeAs(read.header());
      assertThat(row.number()).isGreaterThan(last);
      last = row.number();
      row.cells().stream().filter(cell -> cell != null).forEach(ReaderFuzzTest::checkCell);
    }
    last = 0;
    for (Line.Refused refused : read.refused()) {
      assertThat(refused.number()).isGreaterThan(last);
      last = refused.number();
      assertThat(refused.value()).hasSizeLessThanOrEqualTo(200).doesNotContainPattern("\\p{Cntrl}");
      assertThat(refused.reason()).isNotEmpty().doesNotContainPattern("\\p{Cntrl}");
    }
  }

  private static void checkCell(String cell) {
    assertThat(cell).isNotEmpty();
    assertThat(cell.length()).isLessThanOrEqualTo(LIMITS.cellChars());
    assertThat(StandardCharsets.UTF_16.newEncoder().canEncode(cell)).isTrue();
    assertThat(cell.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r'))
        .isFalse();
  }

  private static void roundTrip(Random random) {
    boolean declared = random.nextBoolean();
    char delimiter = pick(List.of(',', ';', '\t', '|'), random);
    Charset charset =
        Charset.forName(pick(List.of("UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE"), random));
    List<List<String>> table = table(random, declared);
    String newline = pick(List.of("\n", "\r\n", "\r"), random);
    boolean everywhere = random.nextBoolean();
    String text =
        table.stream()
            .map(
                row ->
                    row.stream()
                        .map(c -> written(c, delimiter, everywhere))
                        .collect(Collectors.joining(String.valueOf(delimiter))))
            .collect(Collectors.joining(newline, declared ? "" : "\ufeff", newline));
    Declared what =
        declared
            ? new Declared(
                Optional.of("csv"),
                Optional.of(charset),
                Optional.of(delimiter),
                Optional.of('"'),
                Optional.empty())
            : Declared.NOTHING;

    Reading read = Reading.of(text.getBytes(charset), what, Limits.DEFAULT);

    assertThat(read.header()).isEqualTo(table.get(0));
    assertThat(read.refused()).isEmpty();
    assertThat(read.cells())
        .isEqualTo(table.subList(1, table.size()).stream().map(ReaderFuzzTest::emptied).toList());
    assertThat(read.cut()).isEmpty();
  }

  private static List<String> emptied(List<String> row) {
    return row.stream().map(cell -> cell.isEmpty() ? null : cell).collect(Collectors.toList());
  }

  private static String written(String cell, char delimiter, boolean everywhere) {
    boolean needed =
        everywhere
            || cell.indexOf(delimiter) >= 0
            || cell.contains("\"")
            || cell.contains("\n")
            || cell.contains("\r");
    return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /**
   * @param wild whether cells may hold anything at all
   */
  private static List<List<String>> table(Random random, boolean wild) {
    int width = random.nextInt(2, 12);
    List<List<String>> table = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      header.add("column_" + i);
    }
    table.add(header);
    int rows = random.nextInt(1, 60);
    for (int i = 0; i < rows; i++) {
      List<String> row = new ArrayList<>();
      row.add("K" + i);
      for (int j = 1; j < width; j++) {
        row.add(wild ? wild(random) : tame(random));
      }
      table.add(row);
    }
    return table;
  }

  private static String tame(Random random) {
    return pick(
        List.of(
            "",
            "Ann",
            "O'Neill",
            "Groß, Jürgen",
            "2,5",
            "a;b",
            "5\" pipe",
            "two\nlines",
            "x|y",
            "Łucja",
            "x@example.org",
            "2026-11-21",
            "\ud83d\ude00"),
        random);
  }

  private static String wild(Random random) {
    StringBuilder cell = new StringBuilder();
    int length = random.nextInt(random.nextInt(20) == 0 ? 300 : 12);
    for (int i = 0; i < length; i++) {
      cell.appendCodePoint(letter(random));
    }
    // two newlines may make a line in between that looks like a record, which is refused on purpose
    String text = cell.toString().replaceFirst("(?s)(\n[^\n]*)\n.*", "$1");
    return text.isBlank() || !text.strip().equals(text) ? "" : text;
  }

  private static int letter(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> "\",;|'\\ \t\n#=:{}".codePointAt(random.nextInt(14));
      case 1 -> random.nextInt(0xA0, 0x600);
      case 2 -> random.nextInt(0x1F300, 0x1F600);
      default -> random.nextInt('!', 0x7F);
    };
  }

  private static <T> T pick(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
