package org.rollcall.harness;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.TestDatabase;
import org.rollcall.drop.Reception;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Sandbox;
import org.rollcall.sandbox.SandboxOptions;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;
import org.rollcall.verify.Statuses.MemberStatus;

/**
 * A member database, a hub with its own database and home, and a provider: everything a sync needs,
 * fresh for each scene and gone at its end. The sync is called {@code chamber}.
 */
public final class Scene implements AutoCloseable {
  public static final String SYNC = "chamber";
  public static final List<Job> BOTH = List.of(Job.LISTS, Job.CONTACTS);

  /** Calls a second of all scenes, when it is given; 4 is the provider's own. */
  private static final @Nullable Integer GIVEN_PACE = Integer.getInteger("rollcall.pace");

  /** Five times what the provider allows, so that the limit is met and the tests stay quick. */
  private static final int QUICK_PACE = 20;

  /** For tests of hundreds of calls that are not about the pace. */
  private static final int LIFTED_PACE = 500;

  private static final String PACE = "rollcall.accounts.main.requests-per-second";

  /** Of a hub that opens in a moment, showing its routes to instruments takes a third. */
  private static final String JMX = "camel.main.jmx-enabled";

  private static final Path INSTALLATION = Path.of("").toAbsolutePath();
  private static final String ROUTE =
      """
      - route:
          id: chamber-members
          description: The members of a scene, one row per member and group
          from:
            uri: direct:chamber-members
            steps:
              - to:
                  uri: kamelet:jdbc-members-action
                  parameters:
                    dataSource: chamber
                    query: "resource:file:{{rollcall.home}}/config/chamber-members.sql"
                    queryTimeout: "%s"
                    lagQuery: "%s"
      """;

  private final MemberDatabase source = new MemberDatabase();
  private final HikariDataSource state = TestDatabase.fresh();
  private final Sandbox sandbox;
  private final Path home;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Set<String> everOptedOut = new java.util.TreeSet<>();
  private final Map<String, Set<String>> renamed = new LinkedHashMap<>();
  private final Hands hands = new Hands(this);
  private int fastest;
  private int backups;
  private Clock clock = Clock.systemUTC();
  private @Nullable Hub hub;
  private @Nullable Syncs syncs;

  private Scene(SandboxOptions options) {
    sandbox = Sandbox.start(options);
    try {
      home = Files.createTempDirectory("rollcall-scene");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings.put("rollcall.database.url", state.getJdbcUrl());
    settings.put("rollcall.accounts.main.provider", "constantcontact");
    settings.put("rollcall.accounts.main.api-url", sandbox.apiUrl().toString());
    settings.put("rollcall.accounts.main.auth-url", sandbox.authUrl().toString());
    settings.put("rollcall.accounts.main.client-id", sandbox.control().options().clientId());
    settings.put(
        "rollcall.accounts.main.client-secret", sandbox.control().options().clientSecret());
    settings.put("rollcall.accounts.main.refresh-token", sandbox.issueRefreshToken());
    settings.put("rollcall.accounts.main.poll-interval", "20ms");
    settings.put("rollcall.accounts.main.job-deadline", "2s");
    settings.put("rollcall.accounts.main.settle-patience", "400ms");
    pace(GIVEN_PACE == null ? QUICK_PACE : GIVEN_PACE);
    settings.put("rollcall.accounts.main.requests-per-day", "1000000");
    settings.put("rollcall.sources.chamber.url", source.url());
    settings.put("rollcall.syncs.chamber.account", "main");
    settings.put("rollcall.syncs.chamber.members", "direct:chamber-members");
    settings.put("rollcall.syncs.chamber.max-removals", "100%");
    settings.put(JMX, "false");
    write("config/chamber-members.sql", MemberDatabase.QUERY);
    queryTimeout("1m");
    impatient();
  }

  /** No limits at the provider, jobs of 20 milliseconds, a guard that lets everything through. */
  public static Scene open() {
    return open(quick());
  }

  public static Scene open(SandboxOptions options) {
    return new Scene(options);
  }

  public static SandboxOptions quick() {
    return SandboxOptions.defaults().withLimits(0, 0).withJobDelay(Duration.ofMillis(20));
  }

  // surroundings

  /** Takes effect when the hub is opened next. */
  public Scene set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Calls a second. */
  public Scene pace(int perSecond) {
    return set(PACE, Integer.toString(perSecond));
  }

  /** With routes that instruments see, as they do by default outside of tests. */
  public Scene jmx() {
    return set(JMX, "true");
  }

  /** As many calls a second as it takes, unless all scenes were given a pace. */
  public Scene paceLifted() {
    return GIVEN_PACE == null ? pace(LIFTED_PACE) : this;
  }

  /**
   * A killed hub's calls hold their slots until their deadlines, which are minutes away. It is
   * dead, so nothing of it arrives any more, and its slots need no more than their rest.
   */
  public void freeTheSlotsOfTheDead() {
    tell(
        "UPDATE pace_slot SET free_at = clock_timestamp() + interval '1 second'"
            + " WHERE free_at > clock_timestamp() + interval '1 second'");
  }

  /** What time it is on the hub's host, from when the hub is opened next. */
  public Scene clock(Clock host) {
    clock = host;
    return this;
  }

  /** Takes every setting out that begins so. */
  public Scene unset(String prefix) {
    settings.keySet().removeIf(key -> key.startsWith(prefix + "."));
    return this;
  }

  public Scene guard(String limit) {
    return set("rollcall.syncs.chamber.max-removals", limit);
  }

  public void queryTimeout(String timeout) {
    route(timeout, "none");
  }

  /** The source is a replica that measures its lag so. */
  public void lagQuery(String sql) {
    route("1m", sql);
  }

  private void route(String timeout, String lagQuery) {
    write("routes/chamber-members.camel.yaml", ROUTE.formatted(timeout, lagQuery));
  }

  public void query(String sql) {
    write("config/chamber-members.sql", sql);
  }

  /** The shipped error policy, with pauses a hundred times shorter. */
  private void impatient() {
    try {
      String shipped =
          Files.readString(INSTALLATION.resolve("routes/shared/provider-errors.camel.yaml"));
      write(
          "routes/provider-errors.camel.yaml",
          shipped
              .replace("redeliveryDelay: \"1000\"", "redeliveryDelay: \"10\"")
              .replace("maximumRedeliveryDelay: \"60000\"", "maximumRedeliveryDelay: \"600\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String file, String text) {
    try {
      Path path = home.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the hub's calls through the tap. */
  public Tap tap() {
    Tap tap = new Tap(URI.create("http://127.0.0.1:" + sandbox.apiUrl().getPort()));
    String ours = ":" + sandbox.apiUrl().getPort();
    settings.replaceAll(
        (key, value) -> key.endsWith("-url") ? value.replace(ours, ":" + tap.port()) : value);
    return tap;
  }

  /** Writes the settings, for commands and processes. */
  public Path home() {
    StringBuilder file = new StringBuilder();
    fastest = Math.max(fastest, Integer.parseInt(String.valueOf(settings.get(PACE))));
    settings.forEach((key, value) -> file.append(key).append('=').append(value).append('\n'));
    write("config/application.properties", file.toString());
    return home;
  }

  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  // the hub

  public Hub hub() {
    if (hub == null) {
      hub = Hub.open(read(Map.of()), INSTALLATION, clock);
    }
    return hub;
  }

  private Settings read(Map<String, String> sets) {
    return SettingsReader.read(home(), Map.of(), sets);
  }

  /** A hub beside this scene's, on the same state: another node, or one reached over a plug. */
  public Hub another(Map<String, String> sets) {
    return Hub.open(read(sets), INSTALLATION);
  }

  private Syncs syncs() {
    if (syncs == null) {
      syncs = hub().syncs();
    }
    return syncs;
  }

  /** Ends the hub, so that the next call opens one with the settings as they are then. */
  public void closeHub() {
    if (hub != null) {
      hub.close();
    }
    hub = null;
    syncs = null;
  }

  /** Both jobs; the last record is that of the contacts job, unless the lists job failed. */
  public Runs.Record sync() {
    return last(sync(BOTH, Scope.ALL));
  }

  public List<Runs.Record> sync(List<Job> jobs, Scope scope) {
    return syncs().run(SYNC, jobs, scope, Progress.NONE);
  }

  /** A person releases a held plan, and the sync runs again. */
  public Runs.Record approve(Runs.Record held) {
    hub().runs().decide(held.id(), "approved", "somebody");
    return last(syncs().runAnew(SYNC, List.of(Job.CONTACTS), Progress.NONE));
  }

  /** Both jobs, with everything read back. */
  public Runs.Record reconcile() {
    return reconcile(BOTH);
  }

  public Runs.Record reconcile(List<Job> jobs) {
    return last(syncs().reconcile(SYNC, jobs, Scope.ALL, Progress.NONE));
  }

  /** What a run found otherwise than was thought: how many, and how many it put right. */
  public Map<String, String> drift(Runs.Record run) {
    Map<String, String> drift = new java.util.TreeMap<>();
    hub()
        .drift()
        .counts(run.id())
        .forEach(
            (kind, count) -> {
              if (count.found() > 0) {
                drift.put(kind.word(), count.repaired() + " of " + count.found());
              }
            });
    return drift;
  }

  /** What takes files in, with the routes started. */
  Reception.Runner runner() {
    return syncs()::take;
  }

  private static Runs.Record last(List<Runs.Record> runs) {
    return runs.get(runs.size() - 1);
  }

  /** Runs until one run had nothing to complain about, some runs at most. */
  public Runs.Record syncUntilCompleted(int runs) {
    Runs.Record record = sync();
    for (int i = 1; i < runs && record.state() != RunState.COMPLETED; i++) {
      record = sync();
    }
    return record;
  }

  public List<MemberStatus> statuses() {
    List<MemberStatus> statuses = new ArrayList<>();
    hub().statuses().members(SYNC, statuses::add);
    return statuses;
  }

  public MemberStatus status(String key, String group) {
    return statuses().stream()
        .filter(status -> status.memberKey().equals(key) && status.group().equals(group))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no status of " + key + " in " + group));
  }

  // the source and the provider

  /** What staff did in the hub itself. */
  public Hands hands() {
    return hands;
  }

  /** The rows of the source, and those that staff made by hand. */
  public List<SourceRow> rows() {
    return hands.beside(source.rows());
  }

  public MemberDatabase source() {
    return source;
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  public Control provider() {
    return sandbox.control();
  }

  /** The contact uses the unsubscribe link, and the oracle remembers. */
  public boolean unsubscribes(String address) {
    everOptedOut.add(address);
    return provider().unsubscribe(address, "had enough");
  }

  public boolean isUnsubscribedByStaff(String address) {
    everOptedOut.add(address);
    return provider().unsubscribeByAccount(address, "asked by telephone");
  }

  /** Staff gives a contact another address, and the oracle remembers. */
  public boolean isRenamedByStaff(String address, String now) {
    renamed.computeIfAbsent(address, former -> new java.util.TreeSet<>()).add(now);
    return provider().editContact(address, Edit.address(now));
  }

  /** Whether somebody opted out under this address, or as a contact that staff renamed from it. */
  public boolean hasOptedOut(String address) {
    return everOptedOut.contains(address)
        || renamed.getOrDefault(address, Set.of()).stream().anyMatch(everOptedOut::contains);
  }

  /** Everybody who ever opted out in this scene. */
  public Set<String> everOptedOut() {
    return everOptedOut;
  }

  // the hub's database

  public HikariDataSource state() {
    return state;
  }

  /** A copy of the hub's database as it is now; gives its name. */
  public String backup() {
    closeHub();
    String url = String.valueOf(settings.get("rollcall.database.url"));
    String name = url.replaceAll("^jdbc:postgresql://[^/]*/([a-z_0-9]+).*$", "$1");
    String copy = name.replaceAll("_of_.*", "") + "_of_" + ++backups;
    state.getHikariPoolMXBean().softEvictConnections();
    source.execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
    return copy;
  }

  /** Back to a copy. The tokens of back then are worth nothing: the account is connected anew. */
  public void restore(String backup) {
    closeHub();
    letTheRateRest();
    String url = String.valueOf(settings.get("rollcall.database.url"));
    set("rollcall.database.url", url.replaceAll("/[a-z_0-9]+(\\?.*)?$", "/" + backup + "$1"));
    set("rollcall.accounts.main.refresh-token", sandbox.issueRefreshToken());
  }

  /** Whatever lies in this folder of the home is lost. */
  public void lose(String folder) {
    delete(home.resolve(folder));
  }

  /** The calls of the last second are forgotten with the rest, and no restore is that quick. */
  private void letTheRateRest() {
    long last = provider().arrivals().stream().mapToLong(Long::longValue).max().orElse(0);
    long rest = last + 1_001 - System.currentTimeMillis();
    new CompletableFuture<>().completeOnTimeout(null, rest, TimeUnit.MILLISECONDS).join();
  }

  /** The first column of the first row, or null. */
  public @Nullable String ask(String sql) {
    try (Connection connection = state.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void tell(String sql) {
    try (Connection connection = state.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever the scene was about, its hubs together kept the pace of the account. */
  @Override
  public void close() {
    closeHub();
    try {
      Check.neverFasterThan(fastest, provider());
    } finally {
      clear();
    }
  }

  private void clear() {
    sandbox.close();
    state.close();
    source.close();
    delete(home);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
