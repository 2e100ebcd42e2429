package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.User;
import org.rollcall.user.Users;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** Who may sign in, for administrators. */
public final class UsersPage {
  private final Users users;
  private final Audit audit;

  UsersPage(Users users, Audit audit) {
    this.users = users;
    this.audit = audit;
  }

  /**
   * What the page shows.
   *
   * @param link the path of a link that was just made, shown this once
   */
  public record View(
      List<User> users, @Nullable String link, @Nullable String linkFor, @Nullable String trouble) {
    public List<Role> roles() {
      return List.of(Role.values());
    }
  }

  void mount(Site site) {
    site.get("/users", Role.ADMINISTRATOR, visit -> show(200, null, null, null));
    site.post("/users", Role.ADMINISTRATOR, this::invite);
    site.post("/users/:name/link", Role.ADMINISTRATOR, this::newPassword);
    site.post("/users/:name", Role.ADMINISTRATOR, this::change);
  }

  private Reply show(
      int status, @Nullable String link, @Nullable String linkFor, @Nullable String trouble) {
    return new Reply.Page(status, "users/all", new View(users.all(), link, linkFor, trouble));
  }

  private Reply invite(Visit visit) {
    String name = visit.form("name").orElse("").strip();
    Optional<String> flaw = Users.flaw(name);
    Optional<Role> role = role(visit);
    if (flaw.isPresent() || role.isEmpty()) {
      return show(422, null, null, flaw.orElse("Choose a role."));
    }
    Optional<String> token = users.invite(name, role.get());
    if (token.isEmpty()) {
      return show(422, null, null, "There is a user of this name.");
    }
    note(visit, "invited a user as " + role.get().word(), name);
    return show(200, "/welcome/" + token.get(), name, null);
  }

  private Reply newPassword(Visit visit) {
    Optional<User> user = users.find(visit.path("name"));
    if (user.isEmpty()) {
      return Reply.missing("There is no such user", "Look at the list of users.");
    }
    note(visit, "made a link for a new password", user.get().name());
    return show(200, "/welcome/" + users.newPassword(user.get()), user.get().name(), null);
  }

  private Reply change(Visit visit) {
    Optional<Role> role = role(visit);
    boolean active = visit.form("active").isPresent();
    String name = visit.path("name");
    if (role.isEmpty() || !users.change(name, role.get(), active)) {
      return show(422, null, null, "Not changed: somebody has to remain who may administer.");
    }
    note(visit, "made a user " + (active ? role.get().word() : "inactive"), name);
    visit.tell(name + " was changed.");
    return Reply.see("/users");
  }

  private static Optional<Role> role(Visit visit) {
    return visit
        .form("role")
        .filter(word -> word.matches("viewer|operator|administrator"))
        .map(Role::of);
  }

  private void note(Visit visit, String what, String about) {
    audit.note(Audit.Through.CONSOLE, visit.visitor().name(), what, null, about);
  }
}
