import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.rollcall.file.Declared;
import org.rollcall.file.Limits;
import org.rollcall.file.Line;
import org.rollcall.file.Table;
import org.rollcall.file.TableFile;

/**
 * Compares CSV readers: what each makes of polluted files, how fast it is, and what a line of a
 * gigabyte does to it. Every reader is told the right dialect, and every row whose width is not the
 * header's is thrown away for it. How to run it: docs/decisions/reading-csv.md.
 */
public final class CompareCsv {
  private static final int ROWS = 40;
  private static final int WIDTH = 5;
  private static final int MISTAKES = 50;

  /** Hands over rows; after an exception it is asked once more, as long as that leads anywhere. */
  interface Rows {
    String[] next() throws Exception;

    /** The line on which the row begins, 0 when the reader does not say. */
    default long line() {
      return 0;
    }

    /** Whether the end was told to be wrong. */
    default boolean cut() {
      return false;
    }
  }

  interface Library {
    Rows open(SeekableByteChannel file) throws Exception;
  }

  private static final Declared DECLARED =
      new Declared(
          Optional.of("csv"),
          Optional.of(StandardCharsets.UTF_8),
          Optional.of(','),
          Optional.of('"'),
          Optional.empty());

  static final Map<String, Library> LIBRARIES = new LinkedHashMap<>();

  static {
    LIBRARIES.put("rollcall", file -> rollcall(file, DECLARED));
    LIBRARIES.put("rollcall-guessing", file -> rollcall(file, Declared.NOTHING));
    LIBRARIES.put("fastcsv-strict", file -> fastcsv(file, false));
    LIBRARIES.put("fastcsv-relaxed", file -> fastcsv(file, true));
    LIBRARIES.put("univocity", file -> univocity(file, UnescapedQuoteHandling.STOP_AT_DELIMITER));
    LIBRARIES.put("univocity-strict", file -> univocity(file, UnescapedQuoteHandling.RAISE_ERROR));
    LIBRARIES.put("jackson", CompareCsv::jackson);
    LIBRARIES.put("commons-csv", CompareCsv::commons);
    LIBRARIES.put("opencsv", CompareCsv::opencsv);
    LIBRARIES.put("lightning", CompareCsv::lightning);
    LIBRARIES.put("sesseltjonna", CompareCsv::sesseltjonna);
  }

  private static Reader reader(SeekableByteChannel file) {
    return new InputStreamReader(
        java.nio.channels.Channels.newInputStream(file), StandardCharsets.UTF_8);
  }

  private static Rows rollcall(SeekableByteChannel file, Declared declared) {
    Table table = TableFile.open(file, declared, Limits.DEFAULT);
    return new Rows() {
      private boolean first = true;
      private long line = 1;

      @Override
      public String[] next() {
        if (first) {
          first = false;
          return table.header().toArray(new String[0]);
        }
        Line next = table.next();
        while (next instanceof Line.Refused) {
          next = table.next();
        }
        if (next instanceof Line.Cells cells) {
          line = cells.number();
          return cells.cells();
        }
        return null;
      }

      @Override
      public long line() {
        return line;
      }

      @Override
      public boolean cut() {
        return table.cut().isPresent();
      }
    };
  }

  private static Rows fastcsv(SeekableByteChannel file, boolean relaxed) {
    Iterator<CsvRecord> records =
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowUnclosedQuote(false)
            .allowExtraCharsAfterClosingQuote(relaxed)
            .trimWhitespacesAroundQuotes(!relaxed)
            .maxBufferSize(1 << 20)
            .ofCsvRecord(reader(file))
            .iterator();
    return new Rows() {
      private long line;

      @Override
      public String[] next() {
        if (!records.hasNext()) {
          return null;
        }
        CsvRecord record = records.next();
        line = record.getStartingLineNumber();
        return record.getFields().toArray(new String[0]);
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private static Rows univocity(SeekableByteChannel file, UnescapedQuoteHandling handling) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(100_000);
    settings.setMaxColumns(1_000);
    settings.setUnescapedQuoteHandling(handling);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    var parser = new com.univocity.parsers.csv.CsvParser(settings);
    parser.beginParsing(reader(file));
    return parser::parseNext;
  }

  private static Rows jackson(SeekableByteChannel file) throws IOException {
    CsvMapper mapper = new CsvMapper();
    mapper.enable(com.fasterxml.jackson.dataformat.csv.CsvParser.Feature.WRAP_AS_ARRAY);
    mapper.enable(com.fasterxml.jackson.dataformat.csv.CsvParser.Feature.SKIP_EMPTY_LINES);
    mapper.enable(com.fasterxml.jackson.dataformat.csv.CsvParser.Feature.TRIM_SPACES);
    ObjectReader reads = mapper.readerFor(String[].class);
    MappingIterator<String[]> rows = reads.readValues(reader(file));
    return new Rows() {
      private long line;

      @Override
      public String[] next() throws IOException {
        if (!rows.hasNextValue()) {
          return null;
        }
        line = rows.getCurrentLocation().getLineNr();
        return rows.nextValue();
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private static Rows commons(SeekableByteChannel file) throws IOException {
    var parser =
        org.apache.commons.csv.CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get()
            .parse(reader(file));
    var records = parser.iterator();
    return new Rows() {
      private long line;

      @Override
      public String[] next() {
        line = parser.getCurrentLineNumber() + 1;
        return records.hasNext() ? records.next().values() : null;
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private static Rows opencsv(SeekableByteChannel file) {
    var csv =
        new com.opencsv.CSVReaderBuilder(reader(file))
            .withCSVParser(new com.opencsv.RFC4180ParserBuilder().build())
            .withMultilineLimit(100)
            .withKeepCarriageReturn(false)
            .build();
    return new Rows() {
      private long line;

      @Override
      public String[] next() throws Exception {
        line = csv.getLinesRead() + 1;
        return csv.readNext();
      }

      @Override
      public long line() {
        return line;
      }
    };
  }

  private static Rows lightning(SeekableByteChannel file) throws IOException {
    Iterator<String[]> rows =
        org.simpleflatmapper.lightningcsv.CsvParser.maxBufferSize(1 << 20).iterator(reader(file));
    return () -> rows.hasNext() ? rows.next() : null;
  }

  private static Rows sesseltjonna(SeekableByteChannel file) throws Exception {
    var rows = com.github.skjolber.stcsv.sa.StringArrayCsvReader.builder().build(reader(file));
    return () -> (String[]) rows.next();
  }

  // ------------------------------------------------------------------ polluted files

  /** One line of the answer: cells, and where they begin. */
  record Row(List<String> cells, long line) {}

  /**
   * @param truth the rows that may be delivered, and no others
   * @param cut whether the file breaks off
   */
  record Polluted(String kind, String text, List<Row> truth, boolean cut) {
    /** Backslashes before quotes may be read as meant, or refused. */
    private static final List<String> EITHER = List.of("K", "a \"b\" c", "b", "c", "d");
  }

  private static String[] header() {
    return new String[] {"id", "name", "street", "note", "email"};
  }

  /** Cells of a clean row: plain, with a delimiter, with a newline, with quotes. */
  private static String[] row(int i) {
    return new String[] {
      "K" + i,
      i % 5 == 1 ? "Fox, Joe " + i : "Joe Fox " + i,
      i % 7 == 3 ? "Mill Lane " + i + "\nRear" : "High Street " + i,
      i % 11 == 4 ? "says \"hello\" " + i : "",
      "joe" + i + "@example.org"
    };
  }

  private static String written(String[] cells, String newline) {
    return Arrays.stream(cells)
            .map(c -> c.matches("(?s).*[,\"\n].*") ? '"' + c.replace("\"", "\"\"") + '"' : c)
            .collect(Collectors.joining(","))
        + newline;
  }

  /** Writes a table in which one row is written by somebody else. */
  private static Polluted table(
      String kind,
      int at,
      String newline,
      BiConsumer<StringBuilder, String[]> pollution,
      boolean kept) {
    StringBuilder text = new StringBuilder(written(header(), newline));
    List<Row> truth = new ArrayList<>();
    long line = 2;
    for (int i = 0; i < ROWS; i++) {
      String[] cells = row(i);
      int before = text.length();
      if (i == at) {
        pollution.accept(text, cells);
      } else {
        text.append(written(cells, newline));
      }
      if (i != at || kept) {
        truth.add(new Row(List.of(cells), line));
      }
      line += lines(text.substring(before));
    }
    return new Polluted(kind, text.toString(), truth, false);
  }

  private static long lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').chars().filter(c -> c == '\n').count();
  }

  private static List<Polluted> polluted() {
    List<Polluted> all = new ArrayList<>();
    all.add(table("clean", -1, "\n", (t, c) -> {}, true));
    all.add(table("newlines CRLF", -1, "\r\n", (t, c) -> {}, true));
    all.add(table("newlines CR", -1, "\r", (t, c) -> {}, true));
    for (int at = 0; at < ROWS; at += 4) {
      int k = at;
      add(all, "one newline CR", at, true, (t, c) -> t.append(written(c, "\r")));
      add(all, "one newline CRLF", at, true, (t, c) -> t.append(written(c, "\r\n")));
      add(all, "blank line", at, true, (t, c) -> t.append(written(c, "\n\n")));
      add(
          all,
          "blanks around quotes",
          at,
          true,
          (t, c) -> t.append(quoted(c).replace(",\"", ", \"").replace("\",", "\" ,")).append('\n'));
      add(all, "all cells quoted", at, true, (t, c) -> t.append(quoted(c)).append('\n'));
      add(all, "empty cells at the end", at, true, (t, c) -> t.append(written(c, ",,\n")));
      add(all, "cell missing", at, false, (t, c) -> t.append("K,a,b,c\n"));
      add(all, "cell too many", at, false, (t, c) -> t.append("K,a,b,c,d,e\n"));
      add(all, "bare delimiter in a cell", at, false, (t, c) -> t.append("K,Fox, Joe,a,b,c\n"));
      add(
          all,
          "bare quotes in quotes",
          at,
          false,
          (t, c) -> t.append("K,\"the \"big\" fox\",b,c,d\n"));
      add(all, "text after closing quote", at, false, (t, c) -> t.append("K,\"a\"x,b,c,d\n"));
      add(all, "backslashed quotes", at, false, (t, c) -> t.append("K,\"a \\\"b\\\" c\",b,c,d\n"));
      add(all, "quote not closed in its cell", at, false, (t, c) -> t.append("K,\"a,b,c,d\n"));
      add(all, "quote not opened in its cell", at, false, (t, c) -> t.append("K,a\",b,c\n"));
      add(all, "zero byte", at, false, (t, c) -> t.append("K,a\0b,b,c,d\n"));
      add(
          all,
          "long cell",
          at,
          false,
          (t, c) -> t.append("K,").append("x".repeat(300_000)).append(",b,c,d\n"));
      Polluted whole = table("", -1, "\n", (t, c) -> {}, true);
      int cut = whole.text().length() * (k + 20) / 80;
      all.add(cut("cut somewhere", whole, cut));
      all.add(
          cut(
              "cut within quotes",
              whole,
              whole.text().indexOf("\nRear", cut - 1) < 0
                  ? whole.text().lastIndexOf("\nRear")
                  : whole.text().indexOf("\nRear", cut - 1)));
    }
    return all;
  }

  private static void add(
      List<Polluted> all,
      String kind,
      int at,
      boolean kept,
      BiConsumer<StringBuilder, String[]> pollution) {
    all.add(table(kind, at, "\n", pollution, kept));
  }

  private static String quoted(String[] cells) {
    return Arrays.stream(cells)
        .map(c -> '"' + c.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }

  /** What is left of a table; only rows that are whole, with their newline, may come out of it. */
  private static Polluted cut(String kind, Polluted whole, int length) {
    List<Row> truth = new ArrayList<>();
    long left = lines(whole.text().substring(0, length)) + 1;
    for (int i = 0; i < whole.truth().size(); i++) {
      Row row = whole.truth().get(i);
      long next = i + 1 < whole.truth().size() ? whole.truth().get(i + 1).line() : Long.MAX_VALUE;
      if (next <= left) {
        truth.add(row);
      }
    }
    return new Polluted(kind, whole.text().substring(0, length), truth, true);
  }

  /** What a reader made of files. */
  static final class Score {
    int exact;
    int files;
    int wrong;
    int lost;
    int misplaced;
    int unnoticed;
    String first = "";
  }

  private static Score judge(Library library, Polluted file) {
    Score score = new Score();
    score.files = 1;
    Set<List<String>> truth = new HashSet<>();
    Map<List<String>, Long> lines = new LinkedHashMap<>();
    file.truth().forEach(row -> lines.put(row.cells(), row.line()));
    truth.addAll(lines.keySet());
    boolean told = false;
    int mistakes = 0;
    try {
      Rows rows = library.open(new Memory(file.text().getBytes(StandardCharsets.UTF_8)));
      rows.next();
      while (mistakes < MISTAKES) {
        try {
          String[] cells = rows.next();
          if (cells == null) {
            break;
          }
          List<String> row = normal(cells);
          if (row.size() != WIDTH) {
            told |= true;
          } else if (!lines.containsKey(row) && !row.equals(Polluted.EITHER)) {
            score.wrong++;
          } else if (truth.remove(row) && rows.line() != lines.get(row)) {
            score.misplaced++;
          }
        } catch (Exception e) {
          told = true;
          mistakes++;
        }
      }
      told |= rows.cut();
    } catch (Exception e) {
      told = true;
    }
    score.lost = truth.size();
    score.unnoticed = file.cut() && !told ? 1 : 0;
    score.exact = score.wrong == 0 && score.lost == 0 ? 1 : 0;
    return score;
  }

  private static List<String> normal(String[] cells) {
    int width = cells.length;
    while (width > WIDTH && (cells[width - 1] == null || cells[width - 1].isEmpty())) {
      width--;
    }
    return Arrays.stream(cells, 0, width)
        .map(c -> c == null ? "" : c.replace("\r\n", "\n"))
        .toList();
  }

  private static void robustness() {
    List<Polluted> files = polluted();
    System.out.printf(
        "%-17s %12s %12s %12s %12s %12s%n",
        "", "exact", "wrong rows", "lost rows", "wrong line", "cut unseen");
    for (var library : LIBRARIES.entrySet()) {
      Map<String, Score> kinds = new LinkedHashMap<>();
      Score sum = new Score();
      for (Polluted file : files) {
        Score one = judge(library.getValue(), file);
        add(sum, one);
        add(kinds.computeIfAbsent(file.kind(), k -> new Score()), one);
      }
      System.out.printf(
          "%-17s %8d/%3d %12d %12d %12d %12d%n",
          library.getKey(),
          sum.exact,
          sum.files,
          sum.wrong,
          sum.lost,
          sum.misplaced,
          sum.unnoticed);
      kinds.forEach(
          (kind, score) -> {
            if (score.exact < score.files || score.misplaced > 0) {
              System.out.printf(
                  "    %-30s exact %d/%d, wrong %d, lost %d, line %d%n",
                  kind, score.exact, score.files, score.wrong, score.lost, score.misplaced);
            }
          });
    }
  }

  private static void add(Score sum, Score one) {
    sum.exact += one.exact;
    sum.files += one.files;
    sum.wrong += one.wrong;
    sum.lost += one.lost;
    sum.misplaced += one.misplaced;
    sum.unnoticed += one.unnoticed;
  }

  // ------------------------------------------------------------------ speed and size

  private static void speed(String only) throws Exception {
    System.out.printf("%-17s %12s %12s %12s%n", "", "rows/s", "CPU us/row", "rows");
    for (var library : LIBRARIES.entrySet()) {
      if (!only.isEmpty() && !library.getKey().equals(only)) {
        continue;
      }
      double best = Double.MAX_VALUE;
      double cpu = Double.MAX_VALUE;
      long rows = 0;
      for (int round = 0; round < 3; round++) {
        long began = System.nanoTime();
        long cpuBegan = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        rows = count(library.getValue().open(new Headed(columns(), million(), 1_000)));
        best = Math.min(best, (System.nanoTime() - began) / 1e9);
        cpu =
            Math.min(
                cpu,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBegan) / 1e9);
      }
      System.out.printf(
          "%-17s %12.0f %12.2f %12d%n", library.getKey(), rows / best, cpu * 1e6 / rows, rows);
    }
  }

  private static long count(Rows rows) throws Exception {
    long count = 0;
    while (rows.next() != null) {
      count++;
    }
    return count;
  }

  private static byte[] columns() {
    return ("key,kind,email,first,last,company,title,phone,street,city,state,code,country,birthday,"
            + "anniversary,groups,membership,enabled,status,updated\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] letters() {
    return "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
  }

  /** A thousand rows of 20 columns; read again and again. */
  private static byte[] million() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append("M").append(100_000 + i).append(",person,joe.fox").append(i);
      text.append(
          "@example.org,Joe,Fox,,Clerk,\"+44 20 7946 0018\",\"12, High Street\",Leeds,,LS1"
              + " 4AP,GB,1970-01-31,,");
      text.append("\"Board;Harbour\",primary,true,active,2026-11-21T20:00:00Z\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void giant(String only) {
    for (var library : LIBRARIES.entrySet()) {
      if (!only.isEmpty() && !library.getKey().equals(only)) {
        continue;
      }
      for (String kind : List.of("plain", "quoted")) {
        long began = System.nanoTime();
        String outcome;
        try {
          byte[] head =
              ("id,name\n1,a\n2," + (kind.equals("quoted") ? "\"" : ""))
                  .getBytes(StandardCharsets.US_ASCII);
          outcome = count(library.getValue().open(new Headed(head, letters(), 1 << 14))) + " rows";
        } catch (Throwable e) {
          outcome =
              e.getClass().getSimpleName()
                  + ": "
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        System.out.printf(
            "%-17s %-7s %6.1f s  %.100s%n",
            library.getKey(), kind, (System.nanoTime() - began) / 1e9, outcome);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    String only = args.length > 1 ? args[1] : "";
    switch (args.length == 0 ? "robustness" : args[0]) {
      case "speed" -> speed(only);
      case "giant" -> giant(only);
      default -> robustness();
    }
  }

  /** Bytes that are read several times over. */
  private static class Memory implements SeekableByteChannel {
    private final byte[] bytes;
    private final long size;
    private long position;

    Memory(byte[] bytes) {
      this(bytes, 1);
    }

    Memory(byte[] bytes, long times) {
      this.bytes = bytes;
      this.size = bytes.length * times;
    }

    @Override
    public int read(ByteBuffer into) {
      if (position >= size) {
        return -1;
      }
      int at = (int) (position % bytes.length);
      int length = (int) Math.min(into.remaining(), Math.min(bytes.length - at, size - position));
      into.put(bytes, at, length);
      position += length;
      return length;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
      position = to;
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public SeekableByteChannel truncate(long to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** A beginning, then the same again and again. */
  private static final class Headed extends Memory {
    private final byte[] head;
    private long position;

    Headed(byte[] head, byte[] body, long times) {
      super(body, times);
      this.head = head;
    }

    @Override
    public int read(ByteBuffer into) {
      if (position >= head.length) {
        super.position(position - head.length);
        int read = super.read(into);
        position += Math.max(0, read);
        return read;
      }
      int length = (int) Math.min(into.remaining(), head.length - position);
      into.put(head, (int) position, length);
      position += length;
      return length;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
      position = to;
      return this;
    }

    @Override
    public long size() {
      return head.length + super.size();
    }
  }
}
