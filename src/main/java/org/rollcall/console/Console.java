package org.rollcall.console;

import org.rollcall.hub.Hub;
import org.rollcall.user.Audit;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.web.Site;

/** All pages together. */
public final class Console {
  private Console() {}

  /** Adds every page to the site. */
  public static void mount(Site site, Hub hub, Sessions sessions, Upcoming upcoming) {
    Users users = hub.users();
    Audit audit = hub.audit();
    new Door(users, sessions, audit).mount(site);
    new OverviewPage(hub, upcoming).mount(site);
    new UsersPage(users, audit).mount(site);
  }
}
