package org.rollcall.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rollcall.demo.DemoReport.Check;
import org.rollcall.demo.DemoReport.Example;
import org.rollcall.demo.DemoReport.Step;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sample.SampleDatabase;
import org.rollcall.sample.SampleHome;
import org.rollcall.sandbox.Control;
import org.rollcall.sandbox.Sandbox;
import org.rollcall.sandbox.SandboxOptions;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;

/**
 * The demo's parts, alive until closed: the association's database, the stand-in provider with its
 * real limits, and a hub that knows neither of them but through its settings.
 */
public final class Demo implements AutoCloseable {
  public static final String SYNC = "association";
  private static final long SEED = 20_26;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final Consumer<String> tell;
  private final Progress progress;
  private final SampleDatabase source;
  private final Connection office;
  private final Association association;
  private final Sandbox sandbox;
  private final Hub hub;
  private final long startedAt = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private int members;
  private long activities;
  private long activityRequests;

  private Demo(Path home, Path installation, Consumer<String> tell, Progress progress)
      throws SQLException {
    this.home = home;
    this.tell = tell;
    this.progress = progress;
    tell.accept("starting an embedded PostgreSQL in " + home);
    this.source = SampleDatabase.create(home, SYNC);
    this.office = source.connect();
    this.association = new Association(office, SEED);
    this.sandbox = Sandbox.start(SandboxOptions.defaults());
    writeHome();
    Settings settings = SettingsReader.read(home, Map.of(), Map.of());
    this.hub = Hub.open(settings, installation);
  }

  /**
   * @param folder becomes the demo's home; what an earlier demo left there is removed
   * @param tell hears what is going on, in short sentences
   */
  public static Demo start(
      Path folder, Path installation, Consumer<String> tell, Progress progress) {
    try {
      Path home = SampleHome.fresh(folder, "The home of `rollcall demo`, made afresh each time.");
      return new Demo(home, installation, tell, progress);
    } catch (SQLException e) {
      throw new IllegalStateException("the demo's member database: " + e.getMessage(), e);
    }
  }

  private void writeHome() {
    SampleHome.write(home, "config/members.sql", Association.resource("members.sql"));
    SampleHome.write(
        home,
        "routes/association-members.camel.yaml",
        Association.resource("association-members.camel.yaml"));
    SandboxOptions options = sandbox.control().options();
    SampleHome.write(
        home,
        "config/application.properties",
        Association.resource("application.properties")
            .replace("@api-url@", sandbox.apiUrl().toString())
            .replace("@auth-url@", sandbox.authUrl().toString())
            .replace("@client-id@", options.clientId())
            .replace("@client-secret@", options.clientSecret())
            .replace("@refresh-token@", sandbox.issueRefreshToken())
            .replace("@secret-key@", SampleHome.secret())
            .replace("@source-url@", source.url())
            .replace("@source-username@", SampleDatabase.READER)
            .replace("@source-password@", source.password())
            .replace("@groups@", Teams.SELECTED));
  }

  /** Where the stand-in provider shows what it holds. */
  public String providerPage() {
    return sandbox.apiUrl().resolve("/").toString();
  }

  /** The hub, for whoever goes on with it after the story. */
  public Hub hub() {
    return hub;
  }

  public Path home() {
    return home;
  }

  /** Plays the whole story. */
  public DemoReport play() {
    try {
      return story();
    } catch (SQLException e) {
      throw new IllegalStateException("the demo's member database: " + e.getMessage(), e);
    }
  }

  private DemoReport story() throws SQLException {
    Office staff = new Office(sandbox.control());
    tell.accept("making up an association");
    members = association.found();
    Newsletter newsletter = new Newsletter(sandbox.control());
    newsletter.turnBack();
    staff.beforeTheHub();
    tell.accept("starting the hub's routes");
    Syncs syncs = hub.syncs();

    sync(syncs, "First sync", "The account held four lists and four contacts made by staff.");

    newsletter.send();
    Association.Day day = association.aDay();
    List<String> tired = tired();
    staff.aDay(tired);
    sync(syncs, "Nine days later", sentence(day, tired.size()));
    readActivities(syncs);

    String before = snapshot();
    association.losesItsGroups();
    Runs.Record held =
        sync(
            syncs,
            "A bad night",
            "A restore of the member database went wrong: the query gives no row.");
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "The guard holds an empty read and nobody is removed",
            held.state() == RunState.HELD && before.equals(snapshot()),
            String.valueOf(held.heldReason())));
    hub.runs().decide(held.id(), "rejected", "demo");
    association.findsItsGroups();
    sync(syncs, "Repaired", "Staff rejected the plan; the database is whole again.");
    checks.add(unchanged(before));
    return report(tired, checks);
  }

  private void readActivities(Syncs syncs) {
    tell.accept("reading what was done with the newsletter");
    Runs.Record run = syncs.run(SYNC, List.of(Job.ACTIVITIES), Scope.ALL, progress).get(0);
    if (run.state() != RunState.COMPLETED) {
      throw new IllegalStateException("reading activities ended " + run.state().word());
    }
    activities = counts(run).path("activities").asLong();
    activityRequests = counts(run).path("requests").asLong();
  }

  private Check unchanged(String before) throws SQLException {
    return new Check(
        "The sync after the repair sends nothing",
        before.equals(snapshot()) && steps.get(steps.size() - 1).created() == 0,
        "the provider holds what it held before that night");
  }

  /** Every hundredth contact of the chapter, and one whom the demo tells about. */
  private List<String> tired() {
    List<String> tired = new ArrayList<>(List.of(Cast.UNSUBSCRIBER));
    List<Control.ContactView> chapter = sandbox.control().membersOf(Teams.HARBOUR, 500);
    for (int i = 99; i < chapter.size(); i += 100) {
      tired.add(String.valueOf(chapter.get(i).address()));
    }
    return tired;
  }

  private static String sentence(Association.Day day, int unsubscribed) {
    return ("Staff had sent a newsletter. At the source %d joined, %d left, %d changed their name or job, %d the address, %d the"
            + " group, %d wants no marketing. At the provider %d unsubscribed, staff added a speaker"
            + " by hand and deleted a contact by mistake.")
        .formatted(
            day.joined(),
            day.left(),
            day.renamed(),
            day.newAddresses(),
            day.movedGroup(),
            day.optedOut(),
            unsubscribed);
  }

  private Runs.Record sync(Syncs syncs, String title, String before) {
    tell.accept("sync: " + title.toLowerCase(java.util.Locale.ROOT));
    long began = System.nanoTime();
    List<Runs.Record> runs = syncs.run(SYNC, List.of(Job.LISTS, Job.CONTACTS), Scope.ALL, progress);
    Runs.Record last = runs.get(runs.size() - 1);
    if (last.state() == RunState.FAILED) {
      throw new IllegalStateException("the sync failed: " + last.error());
    }
    JsonNode counts = counts(last);
    steps.add(
        new Step(
            title,
            before,
            last.state().word(),
            last.heldReason(),
            counts.path("read").asLong(),
            counts.path("createContact").asLong(),
            counts.path("updateContact").asLong(),
            counts.path("addToList").asLong(),
            counts.path("removeFromList").asLong(),
            runs.stream().mapToLong(run -> counts(run).path("requests").asLong()).sum(),
            seconds(began)));
    return last;
  }

  private static JsonNode counts(Runs.Record run) {
    try {
      return JSON.readTree(run.counts());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double seconds(long since) {
    return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
  }

  private String snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      sandbox.control().dump(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private DemoReport report(List<String> tired, List<Check> checks) {
    tell.accept("comparing the provider with every member's status");
    Comparison.Result compared =
        new Comparison(hub.statuses(), sandbox.control()).compare(SYNC, Office.foreign());
    List<Example> examples = Examples.of(hub.statuses(), SYNC);
    checks.add(0, exact(compared));
    checks.add(1, kept(tired));
    checks.add(2, foreign(compared));
    checks.add(paced());
    checks.add(everyActivity());
    checks.add(
        new Check(
            "Every member of the story ended as it should",
            examples.stream().allMatch(Example::asExpected),
            examples.stream().filter(Example::asExpected).count() + " of " + examples.size()));
    return new DemoReport(
        home.toString(),
        providerPage(),
        members,
        Teams.NAMES.size(),
        List.copyOf(steps),
        hub.statuses().groups(SYNC),
        examples,
        Newsletter.timeline(hub.activityLog(), SYNC, activities, activityRequests),
        checks,
        steps.stream().mapToLong(Step::requests).sum(),
        steps.stream()
            .filter(step -> step.held() == null)
            .mapToLong(step -> step.created() + step.updated() + step.removed())
            .sum(),
        seconds(startedAt),
        checks.stream().allMatch(Check::holds));
  }

  private static Check exact(Comparison.Result compared) {
    return new Check(
        "The provider holds exactly what the statuses say",
        compared.exact(),
        compared.exact()
            ? "%,d memberships compared".formatted(compared.memberships())
            : compared.unsettled() + " unsettled; " + String.join("; ", compared.differences()));
  }

  private Check kept(List<String> tired) {
    long kept =
        tired.stream()
            .flatMap(address -> sandbox.control().contact(address).stream())
            .filter(contact -> contact.permission().equals("unsubscribed"))
            .count();
    return new Check(
        "Who unsubscribed stays unsubscribed",
        kept == tired.size(),
        kept + " of " + tired.size() + " people");
  }

  /** By the provider's own book. */
  private Check paced() {
    List<Long> arrivals = sandbox.control().arrivals();
    int most = sandbox.control().options().limits().requestsPerSecond();
    boolean kept = true;
    for (int i = most; i < arrivals.size(); i++) {
      kept &= arrivals.get(i) - arrivals.get(i - most) >= 1_000;
    }
    return new Check(
        "Never more than " + most + " requests in any second",
        kept,
        arrivals.size() + " requests arrived");
  }

  /** By the provider's own book. */
  private Check everyActivity() {
    long[] happened = {0};
    sandbox.control().campaigns().each(event -> happened[0]++);
    return new Check(
        "What was done with the newsletter is known, each thing once",
        happened[0] == activities,
        "%,d of %,d activities".formatted(activities, happened[0]));
  }

  private static Check foreign(Comparison.Result compared) {
    return new Check(
        "What staff put on lists by hand is still there",
        compared.foreign() == Office.foreign().size(),
        compared.foreign() + " of " + Office.foreign().size() + " memberships");
  }

  @Override
  public void close() {
    hub.close();
    sandbox.close();
    try {
      office.close();
    } catch (SQLException e) {
      tell.accept("closing the member database: " + e.getMessage());
    }
    source.close();
  }
}
