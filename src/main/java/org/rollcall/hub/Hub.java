package org.rollcall.hub;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.Connect;
import org.rollcall.account.SecretKey;
import org.rollcall.account.Tokens;
import org.rollcall.account.Vault;
import org.rollcall.activity.ActivityLog;
import org.rollcall.activity.ActivityReports;
import org.rollcall.activity.Campaigns;
import org.rollcall.activity.Inquiry;
import org.rollcall.activity.Interactions;
import org.rollcall.choice.Choices;
import org.rollcall.choice.GroupChoices;
import org.rollcall.choice.Rehearsal;
import org.rollcall.consent.Ledger;
import org.rollcall.deliver.CustomFields;
import org.rollcall.deliver.Delivery;
import org.rollcall.deliver.ListLinks;
import org.rollcall.deliver.Recovery;
import org.rollcall.deliver.Resubscriptions;
import org.rollcall.deliver.Settlement;
import org.rollcall.directory.Directory;
import org.rollcall.drop.DropLedger;
import org.rollcall.drop.FileMembers;
import org.rollcall.drop.Reception;
import org.rollcall.drop.Refusals;
import org.rollcall.erasure.Erasures;
import org.rollcall.erasure.Forgetting;
import org.rollcall.erasure.Remembering;
import org.rollcall.explain.Explain;
import org.rollcall.guard.Guard;
import org.rollcall.handmade.Drafts;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.Households;
import org.rollcall.handover.HandOver;
import org.rollcall.handover.Matter;
import org.rollcall.oidc.Oidc;
import org.rollcall.pace.Backoff;
import org.rollcall.pace.Budget;
import org.rollcall.pace.Calls;
import org.rollcall.pace.Http;
import org.rollcall.pace.Limits;
import org.rollcall.pace.StoppableSleeper;
import org.rollcall.plan.PlanView;
import org.rollcall.plan.Planner;
import org.rollcall.provider.constantcontact.AddressChanges;
import org.rollcall.provider.constantcontact.ConstantContact;
import org.rollcall.provider.constantcontact.Reports;
import org.rollcall.provider.constantcontact.SingleContacts;
import org.rollcall.resolve.Conflicts;
import org.rollcall.resolve.Engagement;
import org.rollcall.resolve.FormerSyncs;
import org.rollcall.resolve.Groups;
import org.rollcall.resolve.HandMadeRows;
import org.rollcall.resolve.Resolve;
import org.rollcall.resolve.SourceState;
import org.rollcall.route.Activities;
import org.rollcall.route.Contacts;
import org.rollcall.route.FileRuns;
import org.rollcall.route.GivenValues;
import org.rollcall.route.HandingOver;
import org.rollcall.route.Lists;
import org.rollcall.route.ProviderCalls;
import org.rollcall.route.Reconciliation;
import org.rollcall.route.Replays;
import org.rollcall.route.RouteFiles;
import org.rollcall.route.RouteReload;
import org.rollcall.route.Source;
import org.rollcall.route.Surroundings;
import org.rollcall.route.Syncs;
import org.rollcall.run.Days;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Leases;
import org.rollcall.run.PutBack;
import org.rollcall.run.Runs;
import org.rollcall.run.SentMarks;
import org.rollcall.run.Stop;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Problem;
import org.rollcall.settings.Secret;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsException;
import org.rollcall.settings.SourceSettings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.stage.JdbcMembers;
import org.rollcall.store.Database;
import org.rollcall.store.Store;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Audit;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.verify.Attention;
import org.rollcall.verify.Balance;
import org.rollcall.verify.Drift;
import org.rollcall.verify.GroupMembers;
import org.rollcall.verify.Pull;
import org.rollcall.verify.Standings;
import org.rollcall.verify.Statuses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that lives while the hub runs, built in one place. */
public final class Hub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), new Random());
  private static final Duration SOURCE_PATIENCE = Duration.ofSeconds(30);

  /** A pool tries again until its patience ends, and of a check a person waits for the end. */
  private static final Duration CHECK_PATIENCE = Duration.ofSeconds(5);

  private final Settings settings;
  private final Path installation;
  private final Clock clock;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Store store;
  private final Runs runs;
  private final DeadLetters deadLetters;
  private final Http http = opened(new Http(Limits.DEFAULT));
  private final Vault vault;
  private final Tokens tokens;
  private final Erasures erasures;
  private final DropLedger dropLedger;
  private final Reception reception;
  private final Budget budget;
  private final StoppableSleeper sleeper = new StoppableSleeper();
  private final Leases previews;
  private Instruments instruments = Instruments.NONE;
  private @Nullable CamelContext camel;
  private @Nullable Syncs syncs;
  private @Nullable Map<String, Object> beans;

  private Hub(Settings settings, Path installation, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.installation = installation;
    this.store =
        new Store(opened(Database.open(settings.database(), settings.home())).dataSource());
    this.runs = new Runs(store, clock, this::needsSecondPerson);
    this.previews = opened(new Leases(store));
    this.deadLetters = new DeadLetters(store, clock);
    Secret secretKey = SecretKey.of(settings);
    this.vault = new Vault(secretKey);
    this.tokens = new Tokens(store.pool(), http, vault, clock, BACKOFF);
    this.erasures = new Erasures(store, secretKey);
    this.dropLedger = new DropLedger(store, clock);
    this.reception =
        new Reception(
            dropLedger,
            new Refusals(store, deadLetters),
            clock,
            name ->
                runs.target(settings.sync(name), settings.account(settings.sync(name).account())),
            settings.drops());
    this.budget = new Budget(store.pool(), clock, sleeper, BACKOFF);
  }

  private boolean needsSecondPerson(String sync) {
    SyncSettings known = settings.syncs().get(sync);
    return known != null && known.secondPerson();
  }

  /** Opens the database and what needs nothing else; routes are started by {@link #syncs}. */
  public static Hub open(Settings settings, Path installation) {
    return open(settings, installation, Clock.systemUTC());
  }

  /**
   * The same with a clock of the caller's.
   *
   * @param clock says what time it is; how long something takes is not measured by it
   */
  public static Hub open(Settings settings, Path installation, Clock clock) {
    return new Hub(settings, installation, clock);
  }

  /**
   * Starts the routes, the first time.
   *
   * @throws SettingsException naming every fault when a route file keeps them from starting
   */
  public Syncs syncs() {
    if (syncs == null) {
      syncs = started();
    }
    return syncs;
  }

  private Syncs started() {
    Main main = new Main();
    SimpleMainShutdownStrategy noHook = new SimpleMainShutdownStrategy();
    main.setShutdownStrategy(noHook);
    configure(main);
    beans().forEach(main::bind);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeInitialize(BaseMainSupport starting) {
            GivenValues.apply(starting.getCamelContext(), settings.placeholders());
            instruments.camel().accept(starting.getCamelContext());
          }
        });
    try {
      main.start();
    } catch (Exception e) {
      main.stop();
      refuseBrokenRoutes();
      throw new SettingsException(
          List.of(new Problem("routes/", 0, "", "the routes do not start: " + e.getMessage(), "")));
    }
    open.push(main::stop);
    camel = main.getCamelContext();
    Leases leases = opened(new Leases(store));
    return new Syncs(
        settings,
        runs,
        leases,
        marks(),
        putBack(),
        standings(),
        camel.createProducerTemplate(),
        sleeper,
        this::stopping,
        instruments.runs());
  }

  /** What measures the hub; to be called before anything else is asked of it. */
  public void instrument(Instruments with) {
    instruments = with;
    if (with.pools() != null && store.pool() instanceof HikariDataSource pool) {
      pool.setMetricsTrackerFactory(with.pools());
    }
  }

  /** Every run parks what it has not begun; waits end at once. The hub is to be closed then. */
  public void stop() {
    sleeper.stop();
  }

  private Stop.@Nullable Reason stopping() {
    return sleeper.stopped()
        ? new Stop.Reason("Rollcall was stopped; the next run sends the rest", true)
        : null;
  }

  /** The routes, once they have been started. */
  public CamelContext camel() {
    return Objects.requireNonNull(camel, "the routes have not been started");
  }

  private void configure(Main main) {
    RouteFiles files = routeFiles();
    Path file = settings.home().resolve("config/application.properties");
    main.setPropertyPlaceholderLocations(
        Files.exists(file) ? "file:" + file + ";optional=true" : "false");
    main.addInitialProperty("camel.main.name", "rollcall");
    main.addInitialProperty("camel.main.routesIncludePattern", files.routesIncludePattern());
    main.addInitialProperty("camel.component.kamelet.location", files.kameletLocation());
    // A route that somebody stopped by hand ends the run soon, and a restart of it does not.
    main.addInitialProperty("camel.component.direct.timeout", "5000");
    // By then the runs have parked, which is what a stop waits for; see operate.
    main.addInitialProperty("camel.main.shutdownTimeout", "5");
    main.addInitialProperty("camel.main.autoConfigurationLogSummary", "false");
    main.addInitialProperty("camel.main.startupSummaryLevel", "Oneline");
  }

  /** The beans that routes name. */
  private Map<String, Object> beans() {
    if (beans == null) {
      beans = newBeans();
    }
    return beans;
  }

  private Map<String, Object> newBeans() {
    Map<String, Object> beans = new TreeMap<>();
    beans.put("jdbcMembers", new JdbcMembers(System::nanoTime));
    beans.put(
        "source",
        new Source(store, erasures, new Choices(store), settings.home().resolve("data/staging")));
    beans.put("memberFiles", new FileMembers(dropLedger));
    beans.put("drops", reception);
    beans.put("lists", new Lists(new ListLinks(store, deadLetters), balance()));
    beans.put("contacts", new Contacts(steps()));
    beans.put(
        "optOuts",
        HandingOver.ofOptOuts(
            new HandOver(Matter.OPT_OUTS, store, deadLetters, clock), new Ledger(store, clock)));
    beans.put(
        "addressChanges",
        HandingOver.ofAddresses(new HandOver(Matter.ADDRESSES, store, deadLetters, clock)));
    beans.put("sentMarks", marks());
    beans.put(
        "interactions",
        HandingOver.ofInteractions(
            new HandOver(Matter.INTERACTIONS, store, deadLetters, clock), new Interactions(store)));
    beans.put("reconciliation", new Reconciliation(drift(), balance()));
    beans.put(
        "activities",
        new Activities(new ActivityReports(store, deadLetters, erasures, clock), store));
    beans.put("constantContact", new ConstantContact());
    beans.put("constantContactReports", new Reports());
    beans.put("constantContactAddresses", new AddressChanges());
    beans.put("constantContactSingles", new SingleContacts());
    beans.put(
        "providerCalls",
        opened(
            new ProviderCalls(
                marks(),
                budget,
                tokens,
                (account, status, took) -> instruments.calls().ended(account, status, took))));
    settings
        .sources()
        .values()
        .forEach(source -> beans.put(source.name(), pool(source, SOURCE_PATIENCE)));
    return beans;
  }

  private Contacts.Steps steps() {
    Pull pull = new Pull(store, erasures, clock);
    return new Contacts.Steps(
        new SourceState(store, clock),
        new Resolve(store),
        conflicts(),
        new HandMadeRows(store),
        new Choices(store),
        new Engagement(store),
        new Groups(store),
        new Planner(store, clock),
        new CustomFields(store, deadLetters),
        new Guard(store),
        new Recovery(store, clock, sleeper),
        new Delivery(store, new ListLinks(store, deadLetters), pull, deadLetters, clock, sleeper),
        new Settlement(store, pull, deadLetters, clock, sleeper),
        pull,
        new Resubscriptions(store, pull, new Ledger(store, clock), deadLetters, clock),
        new FileRuns(store, dropLedger));
  }

  /** A small pool that does not mind when its database is away. */
  private HikariDataSource pool(SourceSettings source, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("source-" + source.name());
    config.setJdbcUrl(source.url());
    config.setUsername(source.username());
    config.setPassword(source.password() == null ? null : source.password().reveal());
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(patience.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setMetricsTrackerFactory(instruments.pools());
    try {
      return opened(new HikariDataSource(config));
    } catch (RuntimeException e) {
      throw new SettingsException(
          List.of(
              new Problem(
                  "config/application.properties",
                  0,
                  "rollcall.sources." + source.name() + ".url",
                  "there is no driver for this address",
                  "check its beginning, such as jdbc:postgresql:, and put the driver's jar into"
                      + " lib/")));
    }
  }

  /** Everything that is wrong with routes, sources and accounts; nothing is started or written. */
  public List<String> check() {
    List<String> problems = new ArrayList<>();
    routeProblems().forEach(problem -> problems.add(problem.toString()));
    settings.sources().values().forEach(source -> reach(source, problems));
    settings.accounts().values().forEach(account -> reach(account, problems));
    return problems;
  }

  /**
   * Loads the route files without starting anything.
   *
   * @throws SettingsException naming every fault
   */
  public void refuseBrokenRoutes() {
    List<Problem> problems = routeProblems();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private List<Problem> routeProblems() {
    return routeProblems(routeFiles());
  }

  private List<Problem> routeProblems(RouteFiles files) {
    return files.check(Surroundings.of(settings, this::bindAll, Set.of()));
  }

  private RouteFiles routeFiles() {
    return RouteFiles.resolve(settings.home(), installation);
  }

  /** Takes over route files that change from now on; the routes have to have been started. */
  public RouteReload routeReload() {
    return new RouteReload(camel(), this::routeFiles, this::routeProblems);
  }

  private void bindAll(CamelContext camel) {
    beans().forEach((name, bean) -> camel.getRegistry().bind(name, bean));
  }

  private void reach(SourceSettings source, List<String> problems) {
    try (HikariDataSource pool = pool(source, CHECK_PATIENCE);
        Connection connection = pool.getConnection()) {
      connection.getMetaData();
    } catch (SQLException | RuntimeException e) {
      problems.add("rollcall.sources." + source.name() + ".url: no connection: " + why(e));
    }
  }

  /** A pool tells how long it waited; what the database said is behind that. */
  private static @Nullable String why(Exception e) {
    return e.getCause() instanceof SQLException said ? said.getMessage() : e.getMessage();
  }

  private void reach(AccountSettings account, List<String> problems) {
    try {
      connect().prove(account);
    } catch (RuntimeException e) {
      problems.add("rollcall.accounts." + account.name() + ": " + e.getMessage());
    }
  }

  private SentMarks marks() {
    return SentMarks.in(settings.home(), store);
  }

  /** Syncs whose state is older than what was sent. */
  public PutBack putBack() {
    return new PutBack(store);
  }

  /** Connects accounts to their provider. */
  public Connect connect() {
    return new Connect(tokens, new Calls(http, budget, tokens), clock, sleeper);
  }

  public Settings settings() {
    return settings;
  }

  public Runs runs() {
    return runs;
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** Sends dead letters again. */
  public Replays replays() {
    return new Replays(deadLetters, dropLedger, reception);
  }

  /** Finds members. */
  public Directory directory() {
    return new Directory(store);
  }

  public Statuses statuses() {
    return new Statuses(store);
  }

  /** How groups stood when a run last ended. */
  public Standings standings() {
    return new Standings(store, clock);
  }

  /** What waits for a person. */
  public Attention attention() {
    return new Attention(store, clock);
  }

  /** What ran on the days gone by. */
  public Days days() {
    return new Days(store, clock);
  }

  /** Pages of the members of a group. */
  public GroupMembers groupMembers() {
    return new GroupMembers(store);
  }

  public Conflicts conflicts() {
    return new Conflicts(store);
  }

  /** Erases single people. */
  public Forgetting forgetting() {
    return new Forgetting(store, settings, erasures, opened(new Leases(store)), clock);
  }

  /** Lifts erasures. */
  public Remembering remembering() {
    return new Remembering(store, settings, erasures, clock);
  }

  /** Tells why a member is on a list or not. */
  public Explain explain() {
    return new Explain(store, runs, new Planner(store, clock));
  }

  /** Takes files of members in. */
  public Reception reception() {
    return reception;
  }

  public DropLedger dropLedger() {
    return dropLedger;
  }

  public Drift drift() {
    return new Drift(store, clock);
  }

  public Balance balance() {
    return new Balance(store, clock);
  }

  public Ledger consents() {
    return new Ledger(store, clock);
  }

  public ActivityLog activityLog() {
    return new ActivityLog(store);
  }

  /** Asks the provider about single members. */
  public Inquiry inquiry() {
    return new Inquiry(store, clock);
  }

  /** Campaigns over time. */
  public Campaigns campaigns() {
    return new Campaigns(store, settings, runs);
  }

  /** Members gathered for a group before they are added. */
  public Drafts drafts() {
    return new Drafts(store, settings, runs, clock);
  }

  /** Syncs that are no longer in the settings and still hold members. */
  public FormerSyncs formerSyncs() {
    return new FormerSyncs(store, settings.syncs().values());
  }

  /** Memberships that staff make by hand. */
  public HandMade handMade() {
    return new HandMade(store, settings, runs, erasures, clock);
  }

  /** Families and companies with their groups. */
  public Households households() {
    return new Households(store, settings, runs);
  }

  /** Which groups synchronise, by the setting or by the choice of staff. */
  public GroupChoices groupChoices() {
    Rehearsal.Steps steps =
        new Rehearsal.Steps(
            new HandMadeRows(store),
            new Choices(store),
            new Engagement(store),
            new Groups(store),
            conflicts(),
            new Resolve(store),
            new Planner(store, clock),
            new Guard(store));
    return new GroupChoices(
        store,
        settings,
        runs,
        new Rehearsal(store, runs, previews, ConstantContact.LIMITS, steps),
        clock);
  }

  public PlanView plans() {
    return new PlanView(store);
  }

  public Tokens tokens() {
    return tokens;
  }

  public Http http() {
    return http;
  }

  public Users users() {
    return new Users(store, clock);
  }

  /** Sessions last as long as the settings say. */
  public Sessions sessions() {
    ServiceSettings service = settings.service();
    return new Sessions(store, clock, service.idle(), service.longestSession());
  }

  /**
   * The OpenID provider of the settings, if there is one.
   *
   * @param publicly how browsers reach the console
   */
  public Optional<Oidc> oidc(URI publicly) {
    return Optional.ofNullable(settings.service().oidc())
        .map(
            oidc ->
                new Oidc(
                    oidc, URI.create(publicly + "/sign-in/provider/done"), users(), store, clock));
  }

  public Audit audit() {
    return new Audit(store, clock);
  }

  public ApiTokens apiTokens() {
    return new ApiTokens(store, clock);
  }

  /** Seals what must not be read on its way out and back. */
  public Vault vault() {
    return vault;
  }

  public Budget budget() {
    return budget;
  }

  public Store store() {
    return store;
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping: {}", e.getMessage());
      }
    }
  }
}
