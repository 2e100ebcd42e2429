package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.oidc.Oidc;
import org.rollcall.oidc.SmallProvider;
import org.rollcall.settings.LogFormat;
import org.rollcall.settings.OidcSettings;
import org.rollcall.settings.Secret;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.store.Store;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.web.Site;
import org.rollcall.web.WebServer;
import org.rollcall.web.Wire;

/** The door from outside, by password and through a provider. */
class DoorTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Store store = new Store(TestDatabase.fresh());
  private final Users users = new Users(store, Clock.systemUTC());
  private final Sessions sessions = new Sessions(store, Clock.systemUTC(), HOUR, HOUR);
  private final WebServer server =
      WebServer.bind(
          new ServiceSettings("127.0.0.1", 0, LogFormat.TEXT, null, HOUR, HOUR, null, true),
          sessions,
          new ApiTokens(store, Clock.systemUTC()));
  private final Wire wire = new Wire(server.port());
  private final SmallProvider provider = new SmallProvider();

  @AfterEach
  void all_close() {
    server.close();
    provider.close();
  }

  private void serve(boolean local, boolean oidc) {
    Site site = new Site();
    Audit audit = new Audit(store, Clock.systemUTC());
    new Door(users, sessions, audit, local, oidc ? Optional.of(oidc()) : Optional.empty())
        .mount(site);
    new AccountPage(users, sessions, audit).mount(site);
    server.serve(site);
  }

  private Oidc oidc() {
    return new Oidc(
        new OidcSettings(
            URI.create(provider.issuer()),
            SmallProvider.CLIENT,
            new Secret(SmallProvider.SECRET),
            List.of("profile"),
            "preferred_username",
            "realm_access.roles",
            List.of("admins"),
            List.of(),
            List.of()),
        URI.create("http://127.0.0.1:" + server.port() + "/sign-in/provider/done"),
        users,
        store,
        Clock.systemUTC());
  }

  private void ann() {
    String token = users.invite("ann", Role.VIEWER).orElseThrow();
    users.open(token, "ann", Staff.PASSWORD);
  }

  private Wire.Answer signIn(String name, String password, String to, String... headers) {
    return wire.post("/sign-in", Map.of("name", name, "password", password, "to", to), headers);
  }

  @Test
  void a_sign_in_ends_the_session_the_browser_had() {
    serve(true, false);
    ann();
    String planted = sessions.begin(users.find("ann").orElseThrow());

    Wire.Answer answer = signIn("ann", Staff.PASSWORD, "/", "Cookie: rollcall=" + planted);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.cookie("rollcall")).isPresent().get().isNotEqualTo(planted);
    assertThat(sessions.visitor(planted)).isEmpty();
    assertThat(String.join("", answer.headers().get("set-cookie")))
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Lax");
  }

  @Test
  void whoever_signs_out_leaves_nothing_that_opens() {
    serve(true, false);
    ann();
    String session = signIn("ann", Staff.PASSWORD, "/").cookie("rollcall").orElseThrow();
    String cookie = "Cookie: rollcall=" + session;
    String form = RolesTest.formToken(wire.get("/account", cookie).body());

    Wire.Answer out = wire.post("/sign-out", Map.of("form-token", form), cookie);

    assertThat(out.header("Location")).contains("/sign-in");
    assertThat(out.header("Set-Cookie").orElseThrow()).contains("rollcall=;", "Max-Age=0");
    assertThat(out.header("Clear-Site-Data")).contains("\"cache\", \"storage\"");
    assertThat(sessions.visitor(session)).isEmpty();
  }

  @Test
  void nobody_is_led_elsewhere_after_signing_in() {
    serve(true, false);
    ann();
    for (String to :
        List.of(
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil",
            "/a\r\nX: y")) {
      assertThat(signIn("ann", Staff.PASSWORD, to).header("Location")).as(to).contains("/");
    }
    assertThat(signIn("ann", Staff.PASSWORD, "/account").header("Location")).contains("/account");
  }

  @Test
  void the_answer_does_not_tell_which_names_there_are() {
    serve(true, false);
    ann();
    for (int i = 0; i < 7; i++) {
      Wire.Answer known = signIn("ann", "wrong", "/");
      Wire.Answer unknown = signIn("eve", "wrong", "/");
      assertThat(known.status()).isEqualTo(401).isEqualTo(unknown.status());
      assertThat(known.body()).isEqualTo(unknown.body().replace("\"eve\"", "\"ann\""));
    }
  }

  @Test
  void guesses_from_elsewhere_keep_nobody_out_of_the_browser_that_is_known() {
    serve(true, false);
    ann();
    String browser = signIn("ann", Staff.PASSWORD, "/").cookie("rollcall-browser").orElseThrow();
    for (int i = 0; i < 6; i++) {
      signIn("ann", "wrong", "/");
    }
    assertThat(signIn("ann", Staff.PASSWORD, "/").status()).isEqualTo(401);
    assertThat(signIn("ann", Staff.PASSWORD, "/", "Cookie: rollcall-browser=" + browser).status())
        .isEqualTo(303);
  }

  @Test
  void a_password_with_a_nul_is_a_wrong_request() {
    serve(true, false);
    assertThat(signIn("a\0b", "wrong", "/").status()).isEqualTo(400);
  }

  @Test
  void a_provider_vouches_for_people() {
    serve(true, true);
    assertThat(wire.get("/sign-in").body()).contains("Sign in with your organization");
    Wire.Answer leave = wire.get("/sign-in/provider?to=/account");
    URI back = provider.backFrom(URI.create(leave.header("Location").orElseThrow()));
    String path = back.getRawPath() + "?" + back.getRawQuery();
    String left = "Cookie: rollcall-left=" + leave.cookie("rollcall-left").orElseThrow();

    assertThat(wire.get(path).status()).as("another browser").isEqualTo(403);
    Wire.Answer in = wire.get(path, left);
    assertThat(in.header("Location")).contains("/account");
    String cookie = "Cookie: rollcall=" + in.cookie("rollcall").orElseThrow();
    assertThat(wire.get("/account", cookie).body())
        .contains("ann")
        .contains("there is no password of yours here");
    assertThat(wire.get(path, left).status()).as("again").isEqualTo(403);
  }

  @Test
  void passwords_of_our_own_can_be_switched_off() {
    serve(false, true);
    ann();
    assertThat(wire.get("/sign-in").body()).doesNotContain("type=\"password\"");
    assertThat(signIn("ann", Staff.PASSWORD, "/").status()).isEqualTo(405);
    assertThat(wire.get("/welcome/x").status()).isEqualTo(404);
  }
}
