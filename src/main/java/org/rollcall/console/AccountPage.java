package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.Session;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** What concerns only the person who is signed in: the password, and where they are signed in. */
public final class AccountPage {
  private static final String PATH = "/account";

  private final Users users;
  private final Sessions sessions;
  private final Audit audit;

  AccountPage(Users users, Sessions sessions, Audit audit) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
  }

  /**
   * What the page shows.
   *
   * @param password whether there is one to change
   */
  public record View(
      String name,
      String role,
      boolean password,
      @Nullable String trouble,
      List<Session> sessions) {}

  void mount(Site site) {
    site.get(PATH, Role.VIEWER, visit -> show(visit, 200, null));
    site.post(PATH + "/password", Role.VIEWER, this::password);
    site.post(PATH + "/sessions/others", Role.VIEWER, this::endOthers);
    site.post(PATH + "/sessions/:session", Role.VIEWER, this::end);
  }

  private Reply show(Visit visit, int status, @Nullable String trouble) {
    return new Reply.Page(
        status,
        "account/account",
        new View(
            visit.visitor().name(),
            visit.visitor().role().word(),
            users.hasPassword(visit.visitor().userId()),
            trouble,
            sessions.of(visit.visitor())));
  }

  private Reply password(Visit visit) {
    if (!users.hasPassword(visit.visitor().userId())) {
      return Reply.wrong("You have no password here", "Your organization's sign-in has it.");
    }
    Users.Changed changed =
        users.change(
            visit.visitor().userId(),
            visit.form("old").orElse(""),
            visit.form("new").orElse(""),
            visit.kept(Door.BROWSER).orElse(null));
    if (changed instanceof Users.Changed.Refused refused) {
      return show(visit, 422, refused.flaw());
    }
    if (changed instanceof Users.Changed.Wrong) {
      return show(
          visit, 422, "The old password is wrong, or was wrong too often: then wait some minutes.");
    }
    int ended = sessions.endOthers(visit.visitor());
    note(visit, "changed the own password");
    visit.tell(
        "The password is changed." + (ended > 0 ? " You were signed out everywhere else." : ""));
    return Reply.see(PATH);
  }

  private Reply end(Visit visit) {
    Optional<Long> session =
        Optional.of(visit.path("session")).filter(id -> id.matches("\\d{1,18}")).map(Long::valueOf);
    if (session.isEmpty() || !sessions.end(visit.visitor(), session.get())) {
      return Reply.missing("You have no such session", "Look at the list again.");
    }
    note(visit, "ended a session");
    visit.tell("That session is ended.");
    return Reply.see(PATH);
  }

  private Reply endOthers(Visit visit) {
    int ended = sessions.endOthers(visit.visitor());
    note(visit, "ended all other sessions");
    visit.tell(ended == 0 ? "There were no others." : "You are signed out everywhere else.");
    return Reply.see(PATH);
  }

  private void note(Visit visit, String what) {
    audit.note(Audit.Through.CONSOLE, visit.visitor().name(), what, null, null);
  }
}
