package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.drop.FaultyFiles.Fault;
import org.rollcall.drop.FaultyFiles.Plan;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.SyncRules;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;
import org.rollcall.stage.SourceException;
import org.rollcall.stage.Staging;
import org.rollcall.stage.StagingArea;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * A share that fails at each of its calls in turn: a file is taken over once, filed away once, and
 * never lost.
 */
class DropFaultsTest {
  private static final DataSource DATABASE = TestDatabase.fresh();
  private static final Duration PAUSE = Duration.ofSeconds(61);
  private static final int LOOKS = 14;
  private static final String HEADER = "member_key,group,email,first_name,last_name\n";
  private static final String GOOD =
      HEADER
          + "m1,Board,ann@x.example,Ann,Able\n"
          + "m2,Board\n"
          + "m3,Board,cat@x.example,Cat,Clark\n";
  private static final String BAD = "our number,where,what\n1,2,3\n";

  @TempDir Path home;

  private final FaultyFiles share = new FaultyFiles();
  private final TestClock clock = new TestClock(Instant.parse("2026-03-02T08:00:00Z"));
  private final Store store = new Store(DATABASE);
  private final DropLedger ledger = new DropLedger(store, clock);
  private final Map<String, Integer> takenOver = new HashMap<>();
  private Path folder;
  private Settings settings;
  private Reception reception;

  /** What a share does to a call. */
  enum Trouble {
    FULL(1, false, () -> new FileSystemException("x", null, "No space left on device")),
    DENIED_FOR_A_WHILE(9, false, () -> new AccessDeniedException("x")),
    NOT_THERE(1, false, () -> new NoSuchFileException("x")),
    DONE_AND_STALE(1, true, () -> new IOException("Stale file handle")),
    DONE_AND_NOT_THERE(1, true, () -> new NoSuchFileException("x"));

    private final int calls;
    private final boolean done;
    private final Fault fault;

    Trouble(int calls, boolean done, Fault fault) {
      this.calls = calls;
      this.done = done;
      this.fault = fault;
    }

    Plan at(int call) {
      return new Plan(call, call + calls - 1, done, fault);
    }
  }

  @BeforeEach
  void read() throws IOException {
    Files.createDirectories(home.resolve("config"));
    Files.writeString(
        home.resolve("config/application.properties"),
        """
        rollcall.accounts.main.provider=constantcontact
        rollcall.accounts.main.client-id=abc
        rollcall.syncs.club.account=main
        rollcall.drops.in.sync=club
        rollcall.drops.in.ready=marker
        rollcall.drops.in.max-refused=50%
        """);
    settings = SettingsReader.read(home, Map.of(), Map.of());
  }

  /** A hub that has never seen a file. */
  private void begin(String name) {
    store.run(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("DELETE FROM drop_file; DELETE FROM dead_letter");
          }
        });
    takenOver.clear();
    folder = home.resolve(name);
    open();
  }

  private void open() {
    open(clock);
  }

  private void open(Clock clock) {
    Runs runs = new Runs(store, clock);
    Refusals refusals = new Refusals(store, new DeadLetters(store, clock));
    reception =
        new Reception(
            ledger,
            refusals,
            clock,
            sync -> runs.target(settings.sync(sync), settings.account("main")),
            Map.of("in", drop()));
    reception.serve(
        (file, dryRun, patient, progress, claim) ->
            Optional.of(run(file, claim)).map(x -> List.of()));
  }

  private DropSettings drop() {
    DropSettings read = settings.drops().get("in");
    return new DropSettings(
        read.name(),
        read.sync(),
        share.of(folder),
        read.content(),
        read.arrival(),
        read.declared(),
        read.limits(),
        read.columns(),
        read.otherColumns(),
        read.keyIsEmail(),
        read.dates(),
        read.keyPattern(),
        read.wholeness(),
        read.keep());
  }

  /** As a sync does: it reads the file, and has taken it over or has not. */
  private boolean run(MemberFile file, BooleanSupplier claim) {
    if (!claim.getAsBoolean()) {
      return false;
    }
    Target target = file.target();
    SyncRules rules =
        new SyncRules("club", GroupSelection.of("*"), Set.of(), "${group}", ZoneOffset.UTC);
    try (Staging staging = StagingArea.open(DATABASE, target.syncId(), rules, home)) {
      new FileMembers(ledger).read(file, staging);
      takenOver.merge(file.name() + " " + staging.complete().readCount(), 1, Integer::sum);
      file.tookOver();
      return true;
    } catch (SourceException | UncheckedIOException e) {
      return false; // which a run records
    }
  }

  private void put(String name, byte[] content) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), content);
      Files.writeString(folder.resolve(name + ".done"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) {
    var bytes = new java.io.ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void look() {
    reception.files("in").forEach(reception::take);
    clock.move(PAUSE);
  }

  private boolean isSettled() {
    List<Entry> entries = ledger.last(null, 10);
    return entries.size() == 2
        && entries.stream().noneMatch(entry -> entry.state().equals("taken"))
        && files().keySet().stream().noneMatch(name -> name.startsWith("taken/"));
  }

  /** The contents of all files on the share, by their paths below its folder. */
  private Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  @ParameterizedTest
  @EnumSource
  void whichever_call_fails_each_file_is_taken_over_and_filed_away_once(Trouble trouble) {
    int calls = Integer.MAX_VALUE;
    for (int n = 1; n <= calls; n++) {
      begin(trouble + "-" + n);
      put("good.csv.gz", gzip(GOOD));
      put("bad.csv", BAD.getBytes(StandardCharsets.UTF_8));
      share.begin(trouble.at(n));
      look();
      look();
      calls = share.calls().size();
      String where = n <= calls ? n + ", " + share.calls().get(n - 1) : "none";
      share.begin(Plan.NONE);
      for (int again = 0; again < LOOKS && !isSettled(); again++) {
        look();
      }
      forgetMarkers(trouble);
      assertAllIsWell("call " + where);
    }
    assertThat(calls).isGreaterThan(60);
  }

  @Test
  void what_lies_in_hand_and_nobody_knows_is_taken_like_a_new_file() throws IOException {
    begin("unknown");
    Files.createDirectories(folder.resolve("taken"));
    Files.write(folder.resolve("taken/123456789"), gzip(GOOD));

    look();

    assertThat(takenOver).isEqualTo(Map.of("123456789 2", 1));
    assertThat(ledger.last(null, 10)).extracting(Entry::state).containsExactly("done");
    assertThat(files().keySet()).noneMatch(name -> name.startsWith("taken/"));
  }

  @Test
  void unknown_files_in_hand_do_not_take_each_others_numbers() throws IOException {
    begin("restored");
    Entry last = entered("in");
    ledger.forget(last.id());
    Files.createDirectories(folder.resolve("taken"));
    for (int i = 1; i <= 9; i++) {
      Files.write(folder.resolve("taken/" + (last.id() + i)), gzip(GOOD.replace("m1", "x" + i)));
    }

    look();

    assertThat(takenOver).hasSize(9);
    assertThat(files().keySet()).noneMatch(name -> name.startsWith("taken/"));
  }

  @Test
  void a_file_in_hand_is_not_taken_for_that_of_another_drop_with_its_number() throws IOException {
    begin("restored");
    Entry other = entered("other");
    ledger.settle(
        other.id(),
        "other",
        new DropLedger.Ending("done", null, 2, 0, true, null, null, "other.csv"));
    Files.createDirectories(folder.resolve("taken"));
    Files.write(folder.resolve("taken/" + other.id()), gzip(GOOD));

    look();

    assertThat(takenOver).isEqualTo(Map.of(other.id() + " 2", 1));
  }

  /** An entry of a drop, with the number that comes next. */
  private Entry entered(String drop) {
    Target target = new Runs(store, clock).target(settings.sync("club"), settings.account("main"));
    store.run(
        connection ->
            Query.of(
                    connection,
                    "INSERT INTO drop_file (account_id, sync_id, drop_name, file_name, content,"
                        + " state, taken_at) VALUES (:account, :sync, :drop, 'x.csv', 'full',"
                        + " 'taken', :now)")
                .bind("account", target.accountId())
                .bind("sync", target.syncId())
                .bind("drop", drop)
                .bind("now", clock.instant())
                .update());
    return ledger.last(null, 1).get(0);
  }

  @Test
  void an_import_by_hand_may_wait_for_as_long_as_it_likes_beside_a_watched_folder()
      throws IOException {
    begin("beside");
    put("good.csv.gz", gzip(GOOD));
    look();
    Path file = Files.writeString(home.resolve("by-hand.csv"), GOOD.replace("m1", "x1"));

    reception.importFile(
        file,
        drop(),
        false,
        false,
        (taken, dryRun, patient, progress, claim) -> {
          clock.move(Duration.ofMinutes(11));
          reception.files("in");
          boolean done =
              run(
                  taken,
                  () -> {
                    boolean claimed = claim.getAsBoolean();
                    reception.files("in");
                    assertThat(ledger.last(null, 1).get(0).state()).isEqualTo("taken");
                    return claimed;
                  });
          return Optional.of(done).map(x -> List.of());
        },
        Progress.NONE,
        seen -> {});

    assertThat(takenOver).containsEntry("by-hand.csv 2", 1);
    assertThat(ledger.last(null, 1))
        .extracting(entry -> entry.drop() + " " + entry.state())
        .containsExactly("in done");
  }

  @Test
  void the_report_of_an_import_by_hand_is_deleted_when_its_time_is_over() throws IOException {
    begin("reported");
    Path file = Files.writeString(home.resolve("by-hand.csv"), GOOD);
    reception.importFile(
        file,
        drop(),
        false,
        false,
        (taken, dryRun, patient, progress, claim) ->
            Optional.of(run(taken, claim)).map(x -> List.of()),
        Progress.NONE,
        seen -> {});
    Entry entry = ledger.last(null, 1).get(0);
    assertThat(files()).containsOnlyKeys("done/" + entry.keptAs());
    assertThat(entry.keptAs()).endsWith(".report.csv");

    clock.move(drop().keep().plusDays(1));
    look();

    assertThat(files()).isEmpty();
    assertThat(ledger.last(null, 1).get(0).deletedAt()).isNotNull();
  }

  @Test
  void the_oldest_kept_file_is_deleted_in_its_time_however_many_came_after_it() throws IOException {
    begin("many");
    put("good.csv.gz", gzip(GOOD));
    look();
    clock.move(drop().keep());
    store.run(
        connection ->
            Query.of(
                    connection,
                    "INSERT INTO drop_file (account_id, sync_id, drop_name, file_name, content,"
                        + " state, taken_at, settled_at, kept_as)"
                        + " SELECT account_id, sync_id, drop_name, 'x.csv', content, 'repeated',"
                        + " :now, :now, 'x' || n || '.csv'"
                        + " FROM drop_file CROSS JOIN generate_series(1, 10001) AS n")
                .bind("now", clock.instant())
                .update());

    look();

    assertThat(files()).isEmpty();
  }

  @Test
  void a_file_that_is_settled_at_midnight_lies_under_one_day_with_its_report() {
    Instant midnight = Instant.parse("2026-03-03T00:00:00Z");
    for (int ticks = 1; ticks <= 10; ticks++) {
      Ticking ticking = new Ticking(midnight.minusMillis(ticks));
      begin("midnight" + ticks);
      open(ticking);
      put("good.csv.gz", gzip(GOOD));

      reception.files("in").forEach(reception::take);

      String keptAs = ledger.last(null, 1).get(0).keptAs();
      assertThat(files().keySet())
          .as("%d ticks before midnight", ticks)
          .filteredOn(name -> name.startsWith("done/"))
          .containsExactlyInAnyOrder("done/" + keptAs, "done/" + keptAs + DropFolder.REPORT);
    }
  }

  /** Goes on by a millisecond whenever somebody looks at it. */
  private static final class Ticking extends Clock {
    private Instant next;

    private Ticking(Instant first) {
      next = first;
    }

    @Override
    public Instant instant() {
      Instant now = next;
      next = now.plusMillis(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void a_share_that_is_not_mounted_for_a_while_loses_no_file() throws IOException {
    begin("unmounted");
    put("good.csv.gz", gzip(GOOD));
    reception.files("in");
    Path away = home.resolve("away");
    Files.move(folder, away);
    Files.createDirectories(folder);

    for (int i = 0; i < LOOKS; i++) {
      look();
    }
    assertThat(ledger.last(null, 10)).extracting(Entry::state).containsExactly("taken");
    Files.delete(folder);
    Files.move(away, folder);
    look();

    assertThat(takenOver).isEqualTo(Map.of("good.csv.gz 2", 1));
    assertThat(ledger.last(null, 10)).extracting(Entry::state).containsExactly("done");
  }

  /** A share that keeps a marker and says that there is none is taken at its word. */
  private void forgetMarkers(Trouble trouble) {
    try {
      if (trouble == Trouble.NOT_THERE) {
        Files.deleteIfExists(folder.resolve("bad.csv.done"));
        Files.deleteIfExists(folder.resolve("good.csv.gz.done"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertAllIsWell(String call) {
    assertThat(takenOver).as(call).isEqualTo(Map.of("good.csv.gz 2", 1));
    List<Entry> entries = ledger.last(null, 10);
    assertThat(entries)
        .as(call)
        .extracting(entry -> entry.file() + " " + entry.state())
        .containsExactlyInAnyOrder("good.csv.gz done", "bad.csv refused");
    Map<String, byte[]> files = files();
    String done = "done/" + keptAs(entries, "done");
    String failed = "failed/" + keptAs(entries, "refused");
    assertThat(files).as(call).containsOnlyKeys(done, done + ".report.csv", failed);
    assertThat(files.get(done)).as(call).isEqualTo(gzip(GOOD));
    assertThat(files.get(failed)).as(call).asString().isEqualTo(BAD);
    assertThat(files.get(done + ".report.csv")).as(call).asString().contains("\r\n3,");
    assertThat(new DeadLetters(store, clock).open(null)).as(call).hasSize(2);
  }

  private static String keptAs(List<Entry> entries, String state) {
    return entries.stream()
        .filter(entry -> entry.state().equals(state))
        .map(entry -> String.valueOf(entry.keptAs()))
        .findFirst()
        .orElseThrow();
  }
}
