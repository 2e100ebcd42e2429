package org.rollcall.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything the stand-in consists of, apart from the sockets. */
final class World implements AutoCloseable {
  static final String MAIN = "main";
  static final Set<String> ALL_SCOPES =
      new TreeSet<>(Set.of("account_read", "campaign_data", "contact_data", "offline_access"));

  private volatile SandboxOptions options;
  final SandboxClock clock;
  final Clients clients = new Clients();
  final Faults faults = new Faults();
  final Journal journal = new Journal();
  final RequestLimits limits;
  final Grants grants;
  final Consents consents;
  final Router router = new Router();
  private final Map<String, Account> accounts = new LinkedHashMap<>();

  /** Old ids must not be valid in a reset world, so each one is born a little later. */
  private long born = System.currentTimeMillis();

  World(SandboxOptions options) {
    this.options = options;
    this.clock =
        new SandboxClock(options.clockStart() == null ? Instant.now() : options.clockStart());
    this.limits =
        new RequestLimits(
            () -> options().limits(),
            () -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            System::nanoTime);
    this.grants = new Grants(clock, () -> options().tokens());
    this.consents = new Consents(clock);
    clients.register(
        new Clients.Client(options.clientId(), options.clientSecret(), options.redirectUris()));
    register();
    addAccount(MAIN);
  }

  private void register() {
    WritesUnderWay writes = new WritesUnderWay();
    new SignUpForm(() -> options().rules(), writes).register(router);
    new ContactsResource(() -> options().rules(), writes).register(router);
    new ListsResource(() -> options().rules()).register(router);
    new CustomFieldsResource(() -> options().rules()).register(router);
    new TagsResource(() -> options().rules()).register(router);
    new ImportsResource(() -> options().jobs()).register(router);
    new ExportsResource().register(router);
    new ActivitiesResource(() -> options().rules()).register(router);
    new AccountResource(clients).register(router);
    new EmailsResource(() -> options().rules()).register(router);
    new TrackingResource(this::options).register(router);
    new SummariesResource(this::options, clock).register(router);
    new ContactReportsResource(() -> options().rules()).register(router);
  }

  SandboxOptions options() {
    return options;
  }

  void options(SandboxOptions changed) {
    options = changed;
  }

  synchronized Account addAccount(String name) {
    Account known = accounts.get(name);
    if (known != null) {
      return known;
    }
    int number = accounts.size() + 1;
    Store store = new Store(clock, number, born);
    Account account =
        new Account(
            name,
            "sbx" + Integer.toString(100_000 + number, 36),
            store,
            new Activities(clock, () -> options().jobs(), number, born).begin(),
            new Campaigns(store, clock, number, born));
    accounts.put(name, account);
    return account;
  }

  synchronized @Nullable Account account(String name) {
    return accounts.get(name);
  }

  synchronized Collection<Account> accounts() {
    return java.util.List.copyOf(accounts.values());
  }

  /** Empty accounts, no tokens, no trouble, no journal, the options given. */
  synchronized void reset(SandboxOptions fresh) {
    options = fresh;
    close();
    java.util.List<String> names = java.util.List.copyOf(accounts.keySet());
    accounts.clear();
    born += 1_000_000;
    names.forEach(this::addAccount);
    grants.revokeAll();
    consents.clear();
    clients.forgetDecisions();
    faults.clear();
    journal.clear();
    limits.clear();
  }

  @Override
  public synchronized void close() {
    accounts.values().forEach(account -> account.activities().close());
  }
}
