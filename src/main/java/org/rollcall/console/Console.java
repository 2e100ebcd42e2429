package org.rollcall.console;

import java.net.URI;
import org.rollcall.demand.Orders;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.user.Audit;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.web.Site;

/** All pages together. */
public final class Console {
  private Console() {}

  /**
   * Adds every page to the site.
   *
   * @param publicly how browsers reach the console
   */
  public static void mount(
      Site site,
      Hub hub,
      Sessions sessions,
      Upcoming upcoming,
      Orders orders,
      Syncs syncs,
      URI publicly) {
    Users users = hub.users();
    Audit audit = hub.audit();
    new Door(users, sessions, audit, hub.settings().service().localSignIn(), hub.oidc(publicly))
        .mount(site);
    new AccountPage(users, sessions, audit).mount(site);
    AccountCards cards = new AccountCards(hub, upcoming);
    LiveRuns live = new LiveRuns(hub, orders);
    live.mount(site);
    new OverviewPage(hub, upcoming, cards).mount(site);
    new GroupsPage(hub, orders, live).mount(site);
    new GroupPage(hub, orders, live).mount(site);
    new MembersPage(hub).mount(site);
    new MemberPage(hub, syncs).mount(site);
    new ForgetPage(hub).mount(site);
    new RunsPage(hub).mount(site);
    new RunPage(hub, orders).mount(site);
    new UndoPage(hub, orders).mount(site);
    new DeadLettersPage(hub, orders).mount(site);
    new TodoPage(hub, cards).mount(site);
    new ActivitiesPage(hub).mount(site);
    new HouseholdPage(hub).mount(site);
    new BulkPage(hub).mount(site);
    new ChoicePage(hub).mount(site);
    new AccountsPage(hub, cards).mount(site);
    new AuditPage(hub).mount(site);
    new UsersPage(users, audit).mount(site);
    new TokensPage(hub.apiTokens(), audit).mount(site);
  }
}
