package org.rollcall.console;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.oidc.Oidc;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.User;
import org.rollcall.user.Users;
import org.rollcall.web.OwnPath;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Signing in and out, by password or through an OpenID provider, and links that are good once. */
public final class Door {
  /** A browser in which somebody has signed in before shows it with this. */
  static final String BROWSER = "rollcall-browser";

  /** And one that has left for the OpenID provider comes back with this. */
  private static final String LEFT = "rollcall-left";

  private static final Duration KNOWN = Duration.ofDays(90);
  private static final Duration ON_THE_WAY = Duration.ofMinutes(10);

  private final Users users;
  private final Sessions sessions;
  private final Audit audit;
  private final boolean local;
  private final Optional<Oidc> oidc;

  /**
   * @param local whether passwords open the door
   */
  Door(Users users, Sessions sessions, Audit audit, boolean local, Optional<Oidc> oidc) {
    this.users = users;
    this.sessions = sessions;
    this.audit = audit;
    this.local = local;
    this.oidc = oidc;
  }

  /**
   * What the sign-in page shows.
   *
   * @param provider the path that leads to the OpenID provider, if there is one
   */
  public record SignIn(
      String name, String to, @Nullable String trouble, boolean local, @Nullable String provider) {}

  /**
   * What the page behind a link shows.
   *
   * @param known the link is for somebody; otherwise for the first administrator
   */
  public record Welcome(String token, boolean known, String name, @Nullable String trouble) {}

  void mount(Site site) {
    site.open("/sign-in", visit -> signIn(200, "", to(visit), null));
    site.post("/sign-out", Role.VIEWER, visit -> new Reply.SignedOut("/sign-in"));
    if (local) {
      site.openPost("/sign-in", this::signIn);
      site.open("/welcome/:token", this::welcome);
      site.openPost("/welcome/:token", this::open);
    }
    oidc.ifPresent(
        provider -> {
          site.open("/sign-in/provider", visit -> leave(provider, visit));
          site.open("/sign-in/provider/done", visit -> back(provider, visit));
        });
  }

  private Reply signIn(int status, String name, String to, @Nullable String trouble) {
    String provider = oidc.isPresent() ? "/sign-in/provider?to=" + Words.inUrl(to) : null;
    return new Reply.Page(status, "door/signIn", new SignIn(name, to, trouble, local, provider));
  }

  private Reply leave(Oidc provider, Visit visit) {
    Optional<Oidc.Leave> leave = provider.leave(to(visit));
    return leave.isPresent()
        ? new Reply.Keep(LEFT, leave.get().browser(), ON_THE_WAY, new Reply.Away(leave.get().to()))
        : signIn(503, "", to(visit), "The OpenID provider does not answer. Try again later.");
  }

  private Reply back(Oidc provider, Visit visit) {
    Oidc.Return result = provider.back(visit.queries(), visit.kept(LEFT).orElse(""));
    Reply reply =
        result instanceof Oidc.Return.Welcome welcome
            ? in(visit, welcome.user(), welcome.path())
            : signIn(403, "", "/", sentence((Oidc.Return.Refused) result));
    return new Reply.Keep(LEFT, "", Duration.ZERO, reply);
  }

  private static String sentence(Oidc.Return.Refused refused) {
    return refused.what() + ". " + refused.remedy();
  }

  /** Only to pages of ours: a link to the sign-in page must not lead elsewhere. */
  private static String to(Visit visit) {
    String to = visit.form("to").or(() -> visit.query("to")).orElse("/");
    return OwnPath.is(to) ? to : "/";
  }

  private Reply signIn(Visit visit) {
    String name = visit.form("name").orElse("");
    Users.SignIn result =
        users.signIn(name, visit.form("password").orElse(""), visit.kept(BROWSER).orElse(null));
    if (result instanceof Users.SignIn.Welcome welcome) {
      return known(welcome.user(), in(visit, welcome.user(), to(visit)));
    }
    // the same words for all, so that nobody learns which names there are
    return signIn(
        401,
        name,
        to(visit),
        "Name or password is wrong, or there were too many wrong passwords. After five in a row"
            + " each further one counts only after a wait, of up to a quarter of an hour.");
  }

  private Reply in(Visit visit, User user, String to) {
    audit.note(Audit.Through.CONSOLE, user.name(), "signed in", null, null);
    return new Reply.SignedIn(sessions.begin(user, visit.header("User-Agent").orElse("")), to);
  }

  /** Wrong passwords from elsewhere will not keep this browser out. */
  private Reply known(User user, Reply reply) {
    return new Reply.Keep(BROWSER, users.remember(user), KNOWN, reply);
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
      return known(done.user(), in(visit, done.user(), "/"));
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
