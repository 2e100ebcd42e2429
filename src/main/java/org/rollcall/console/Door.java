package org.rollcall.console;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.User;
import org.rollcall.user.Users;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** Signing in and out, and links that are good once. */
public final class Door {
  private final Users users;
  private final Sessions sessions;
  private final Audit audit;

  Door(Users users, Sessions sessions, Audit audit) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** What the sign-in page shows. */
  public record SignIn(String name, String to, @Nullable String trouble) {}

  /**
   * What the page behind a link shows.
   *
   * @param known the link is for somebody; otherwise for the first administrator
   */
  public record Welcome(String token, boolean known, String name, @Nullable String trouble) {}

  void mount(Site site) {
    site.open("/sign-in", visit -> Reply.page("door/signIn", new SignIn("", to(visit), null)));
    site.openPost("/sign-in", this::signIn);
    site.post("/sign-out", Role.VIEWER, visit -> new Reply.SignedOut("/sign-in"));
    site.open("/welcome/:token", this::welcome);
    site.openPost("/welcome/:token", this::open);
  }

  /** Only to pages of ours: a link to the sign-in page must not lead elsewhere. */
  private static String to(Visit visit) {
    String to = visit.form("to").or(() -> visit.query("to")).orElse("/");
    return to.matches("/([^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*)?") ? to : "/";
  }

  private Reply signIn(Visit visit) {
    String name = visit.form("name").orElse("");
    Users.SignIn result = users.signIn(name, visit.form("password").orElse(""));
    if (result instanceof Users.SignIn.Welcome welcome) {
      return in(welcome.user(), to(visit));
    }
    String trouble =
        result instanceof Users.SignIn.Locked
            ? "Too many wrong passwords. Wait a quarter of an hour and try again."
            : "Name or password is wrong. After five times in a row you have to wait.";
    return new Reply.Page(401, "door/signIn", new SignIn(name, to(visit), trouble));
  }

  private Reply in(User user, String to) {
    audit.note(Audit.Through.CONSOLE, user.name(), "signed in", null, null);
    return new Reply.SignedIn(sessions.begin(user), to);
  }

  private Reply welcome(Visit visit) {
    String token = visit.path("token");
    Optional<Optional<User>> behind = users.behind(token);
    if (behind.isEmpty()) {
      return gone();
    }
    String name = behind.get().map(User::name).orElse("");
    return Reply.page("door/welcome", new Welcome(token, behind.get().isPresent(), name, null));
  }

  private Reply open(Visit visit) {
    String token = visit.path("token");
    String name = visit.form("name").orElse("");
    boolean known = users.behind(token).flatMap(behind -> behind).isPresent();
    Users.Opened result = users.open(token, name, visit.form("password").orElse(""));
    if (result instanceof Users.Opened.Done done) {
      return in(done.user(), "/");
    }
    return result instanceof Users.Opened.Refused refused
        ? new Reply.Page(422, "door/welcome", new Welcome(token, known, name, refused.flaw()))
        : gone();
  }

  private static Reply gone() {
    return new Reply.Refusal(
        410,
        "This link is used up or too old",
        "Ask an administrator for a new one. While there are no users, each start of the service"
            + " prints one.");
  }
}
