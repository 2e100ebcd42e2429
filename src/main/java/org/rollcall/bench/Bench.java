package org.rollcall.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rollcall.bench.BenchReport.Cost;
import org.rollcall.bench.BenchReport.Phase;
import org.rollcall.bench.BenchReport.Ratios;
import org.rollcall.bench.BenchSource.Difference;
import org.rollcall.bench.BenchSource.Minimum;
import org.rollcall.bench.Provider.Requests;
import org.rollcall.sample.SampleDatabase;
import org.rollcall.sample.SampleHome;

/** One measurement from the making of the members to the comparison of the last contact. */
public final class Bench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SOME_FAILED = 3;

  private final Options options;
  private final Consumer<String> tell;
  private final Path home;
  private final Children children;
  private final List<Phase> phases = new ArrayList<>();

  /**
   * @param home becomes the measurement's own; what an earlier one left there is removed
   * @param hubHeap what the hub may use, as {@code -Xmx} takes it
   * @param files whether the same rows are read from a CSV file and a workbook as well
   */
  public record Options(
      Path home,
      Path installation,
      long members,
      int groups,
      String hubHeap,
      String sandboxHeap,
      boolean files) {}

  private Bench(Options options, Consumer<String> tell) {
    this.options = options;
    this.tell = tell;
    this.home =
        SampleHome.fresh(options.home(), "The home of `rollcall bench`, made afresh each time.");
    this.children = new Children(home.resolve("config"), options.installation(), options.hubHeap());
    SampleHome.write(
        home, "routes/bench-members.camel.yaml", BenchSource.resource("bench-members.camel.yaml"));
  }

  /**
   * @param tell hears what is going on, in short sentences
   */
  public static BenchReport run(Options options, Consumer<String> tell) {
    Bench bench = new Bench(options, tell);
    try (SampleDatabase database = SampleDatabase.create(bench.home, "bench");
        Connection owner = database.connect()) {
      return bench.measure(database, new BenchSource(owner, options.members(), options.groups()));
    } catch (SQLException e) {
      throw new IllegalStateException("the measured member database: " + e.getMessage(), e);
    }
  }

  private BenchReport measure(SampleDatabase database, BenchSource source) throws SQLException {
    SampleHome.write(home, "config/application.properties", "");
    tell.accept("making %,d members in %d groups".formatted(options.members(), options.groups()));
    source.create();
    try (Provider provider = Provider.start(children, options.sandboxHeap())) {
      writeSettings(database, provider);
      return measure(database, source, provider);
    }
  }

  private BenchReport measure(SampleDatabase database, BenchSource source, Provider provider)
      throws SQLException {
    PostgresProcessor processor = PostgresProcessor.of(home);
    database.settle();
    tell.accept("starts by themselves");
    Cost bareStart = bare(database, processor, BenchSource.QUERY + " WHERE false");
    Cost start = cost(processor, 0, () -> sync("nobody")).cost();
    tell.accept("the bare read");
    Cost bare = bare(database, processor, BenchSource.QUERY);

    Baseline baseline = new Baseline(start, bare, bareStart);
    Instruments instruments = new Instruments(baseline, database, source, provider, processor);
    phase("first load", instruments, () -> sync("bench"));
    source.nothingChanged();
    phase("unchanged", instruments, () -> sync("bench"));
    source.change();
    phase("1 % changed", instruments, () -> sync("bench"));
    if (options.files()) {
      source.nothingChanged();
      files(instruments);
    }
    return new BenchReport(
        options.members(),
        options.groups(),
        options.hubHeap(),
        start,
        bareStart,
        bare,
        List.copyOf(phases),
        phases.get(1).requests().writes() == 0,
        phases.stream().allMatch(Phase::exact));
  }

  private record Instruments(
      Baseline baseline,
      SampleDatabase database,
      BenchSource source,
      Provider provider,
      PostgresProcessor processor) {}

  /** The same rows once more from the database, then from files; nothing has changed in any. */
  private void files(Instruments instruments) throws SQLException {
    phase("again", instruments, () -> sync("bench"));
    Path csv = home.resolve("data/roster.csv");
    Path workbook = home.resolve("data/roster.xlsx");
    tell.accept("exporting the rows");
    try (Connection owner = instruments.database().connect()) {
      RosterFiles files = new RosterFiles(owner);
      files.csv(csv);
      files.xlsx(workbook);
    }
    membersComeAsFiles();
    phase("CSV", instruments, () -> importFile(csv));
    phase("XLSX", instruments, () -> importFile(workbook));
  }

  private void membersComeAsFiles() {
    String file = "config/application.properties";
    String settings =
        SampleHome.read(home, file)
            .replace("rollcall.syncs.bench.members=direct:bench-members\n", "");
    SampleHome.write(
        home,
        file,
        settings
            + "rollcall.drops.bench.sync=bench\n"
            + "rollcall.drops.bench.columns.chapter=chapter\n");
  }

  private Children.Ended importFile(Path file) {
    return ended(
        children.program(
            "import", "bench", file.toString(), "--force", "--json", "--home", home.toString()));
  }

  private record Baseline(Cost start, Cost bare, Cost bareStart) {}

  private record Measured(Children.Ended process, Cost cost) {}

  private void writeSettings(SampleDatabase database, Provider provider) {
    SampleHome.write(
        home,
        "config/application.properties",
        BenchSource.resource("application.properties")
            .replace("@secret-key@", SampleHome.secret())
            .replace("@account@", provider.settings())
            .replace("@source-url@", database.url())
            .replace("@source-username@", SampleDatabase.READER)
            .replace("@source-password@", database.password()));
  }

  private void phase(String name, Instruments instruments, Supplier<Children.Ended> work)
      throws SQLException {
    SampleDatabase database = instruments.database();
    BenchSource source = instruments.source();
    Provider provider = instruments.provider();
    PostgresProcessor processor = instruments.processor();
    Baseline baseline = instruments.baseline();
    tell.accept(name);
    provider.forget();
    Minimum minimum = source.minimum();
    database.settle();
    Measured measured = cost(processor, source.rows(), work);
    Duration before = processor.used();
    database.settle();
    double after = seconds(processor.used().minus(before));
    Requests requests = provider.requests();
    tell.accept("comparing every contact");
    List<Difference> differences = source.differences(provider.contacts());
    long[] expected = source.expected();
    phases.add(
        new Phase(
            name,
            state(measured.process()),
            measured.cost(),
            after,
            measured.process().meter().heapPeakBytes(),
            measured.process().meter().residentPeakBytes(),
            requests,
            minimum,
            minimum.all(phases.isEmpty()),
            Ratios.of(measured.cost(), baseline.start(), baseline.bare(), baseline.bareStart()),
            expected[0],
            expected[1],
            differences));
  }

  private Children.Ended sync(String name) {
    return ended(children.program("sync", name, "--json", "--home", home.toString()));
  }

  private static Children.Ended ended(Children.Ended ended) {
    if (ended.code() != 0 && ended.code() != SOME_FAILED) {
      throw new IllegalStateException(
          "the hub ended with " + ended.code() + ": " + ended.output().strip());
    }
    return ended;
  }

  /** The contacts job's, which comes last. */
  private static String state(Children.Ended ended) {
    try {
      JsonNode result = JSON.readTree(ended.output());
      JsonNode runs = result.isArray() ? result : result.path("runs");
      return runs.path(runs.size() - 1).path("state").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the hub's result is no JSON", e);
    }
  }

  private Cost bare(SampleDatabase database, PostgresProcessor processor, String query) {
    Measured measured =
        cost(
            processor,
            0,
            () ->
                children.bareRead(
                    database.url(), SampleDatabase.READER, database.password(), query));
    Cost cost = measured.cost();
    return new Cost(
        Long.parseLong(measured.process().output().strip()),
        cost.seconds(),
        cost.hubSeconds(),
        cost.databaseSeconds());
  }

  private static Measured cost(
      PostgresProcessor processor, long rows, Supplier<Children.Ended> work) {
    Duration before = processor.used();
    Children.Ended ended = work.get();
    double database = seconds(processor.used().minus(before));
    double hub = Math.round(ended.meter().processorNanos() / 1e7) / 100.0;
    double wall = Math.round(ended.seconds() * 100) / 100.0;
    return new Measured(ended, new Cost(rows, wall, hub, database));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
