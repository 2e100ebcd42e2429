package org.rollcall.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.AccountState;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** How everything stands, at a glance. */
public final class OverviewPage {
  private final Hub hub;
  private final Upcoming upcoming;

  OverviewPage(Hub hub, Upcoming upcoming) {
    this.hub = hub;
    this.upcoming = upcoming;
  }

  /** What the page shows. */
  public record View(List<Account> accounts, List<Sync> syncs) {}

  public record Account(String name, String provider, boolean connected, @Nullable String as) {}

  public record Sync(
      String name, String account, Runs.@Nullable Record last, @Nullable Instant next) {}

  void mount(Site site) {
    site.get("/", Role.VIEWER, this::show);
  }

  private Reply show(Visit visit) {
    List<Account> accounts = new ArrayList<>();
    for (AccountSettings account : hub.settings().accounts().values()) {
      Optional<AccountState> state = hub.tokens().state(account);
      accounts.add(
          new Account(
              account.name(),
              account.provider(),
              state.map(AccountState::connected).orElse(false),
              null));
    }
    List<Sync> syncs = hub.settings().syncs().values().stream().map(this::sync).toList();
    return Reply.page("overview/overview", new View(accounts, syncs));
  }

  private Sync sync(SyncSettings sync) {
    return new Sync(
        sync.name(),
        sync.account(),
        hub.runs().latest(sync.name(), Job.CONTACTS).orElse(null),
        upcoming.next(sync.name()).orElse(null));
  }
}
