package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.operate.Service;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.Users;
import org.rollcall.web.Site;
import org.rollcall.web.Wire;

/** Roles × everything that is served: nobody names the pages, the site itself does. */
class RolesTest {
  private static final List<String> ALWAYS =
      List.of(
          "content-security-policy",
          "x-content-type-options",
          "x-frame-options",
          "referrer-policy",
          "cross-origin-opener-policy",
          "cross-origin-resource-policy",
          "cache-control");

  private final Scene scene = Scene.open().set("rollcall.service.port", "0");
  private final List<String> wrong = new ArrayList<>();
  private Service service;
  private SiteWalk walk;
  private Wire wire;
  private Sessions sessions;

  @BeforeEach
  void the_service_runs() {
    service = Service.start(scene.hub(), Clock.systemUTC());
    walk = new SiteWalk(service.entries()).with("sync", List.of("chamber"));
    wire = new Wire(service.port());
    sessions = scene.hub().sessions();
  }

  @AfterEach
  void all_close() {
    service.close();
    scene.close();
  }

  private String token(Role role) {
    Users users = scene.hub().users();
    users.invite("the " + role.word(), role);
    return sessions.begin(users.find("the " + role.word()).orElseThrow());
  }

  private Wire.Answer ask(Site.Entry entry, @Nullable String token, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    if (token != null) {
      all.add("Cookie: rollcall=" + token);
    }
    String[] lines = all.toArray(String[]::new);
    Wire.Answer answer =
        entry.method().equals("POST")
            ? wire.post(walk.path(entry), Map.of("a", "1"), lines)
            : wire.get(walk.path(entry), lines);
    expect(entry, answer.headers().keySet().containsAll(ALWAYS), "headers are missing");
    expect(entry, !answer.body().contains("\tat org."), "a stack trace is shown");
    return answer;
  }

  private void expect(Site.Entry entry, boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(entry.method() + " " + entry.path() + ": " + otherwise);
    }
  }

  private boolean toTheDoor(Wire.Answer answer) {
    return answer.status() == 303
        && answer.header("Location").orElse("").startsWith("/sign-in?to=");
  }

  @Test
  void nobody_does_what_the_role_does_not_allow() {
    for (Role role : Role.values()) {
      String token = token(role);
      walk.entries()
          .filter(entry -> entry.role() != null)
          .forEach(entry -> expectByRole(entry, role, token));
    }
    assertThat(wrong).isEmpty();
    assertThat(walk.entries().filter(entry -> entry.role() != null)).hasSizeGreaterThan(6);
  }

  private void expectByRole(Site.Entry entry, Role role, String token) {
    Wire.Answer answer = ask(entry, token);
    boolean may = role.may(entry.role());
    if (entry.method().equals("GET")) {
      expect(entry, may == (answer.status() != 403), role.word() + " gets " + answer.status());
      expect(entry, answer.status() < 500, role.word() + " gets " + answer.status());
    } else {
      // without the token of the form not even those who may
      expect(entry, answer.status() == 403, role.word() + " gets " + answer.status());
    }
  }

  @Test
  void strangers_and_viewers_change_nothing_but_what_is_their_own() {
    assertThat(paths("GET", null))
        .containsExactlyInAnyOrder(
            "/live", "/started", "/ready", "/health", "/metrics", "/sign-in", "/welcome/:token");
    assertThat(paths("POST", null)).containsExactlyInAnyOrder("/sign-in", "/welcome/:token");
    assertThat(paths("POST", Role.VIEWER))
        .containsExactlyInAnyOrder(
            "/sign-out",
            "/account/password",
            "/account/sessions/:session",
            "/account/sessions/others",
            // they look, with texts that must not stand in an address
            "/groups/search",
            "/households/:sync",
            "/members",
            "/runs/:run/plan");
  }

  @Test
  void a_time_that_no_database_keeps_is_no_place_to_go_on_from() {
    String cookie = "Cookie: rollcall=" + token(Role.VIEWER);
    String path = "/activities/chamber?id=1&before=";

    assertThat(wire.get(path + "2026-01-01T00:00:00Z", cookie).status()).isEqualTo(200);
    for (String before :
        List.of("yesterday", "%2B999999999-01-01T00:00:00Z", "-5000-01-01T00:00:00Z")) {
      assertThat(wire.get(path + before, cookie).status()).as(before).isEqualTo(422);
    }
  }

  private List<String> paths(String method, @Nullable Role role) {
    return walk.entries()
        .filter(entry -> entry.method().equals(method) && entry.role() == role)
        .map(Site.Entry::path)
        .toList();
  }

  @Test
  void who_may_come_in_and_what_is_forgotten_administrators_decide() {
    List<Site.Entry> theirs =
        walk.entries()
            .filter(
                entry ->
                    entry.path().matches("/(users|tokens)\\b.*|.*/(connect|callback|forget.*)"))
            .toList();
    assertThat(theirs).hasSize(13).allMatch(entry -> entry.role() == Role.ADMINISTRATOR);
  }

  @Test
  void strangers_are_sent_to_the_door() {
    walk.entries()
        .filter(entry -> entry.role() != null)
        .forEach(
            entry -> {
              expect(entry, toTheDoor(ask(entry, null)), "a stranger is answered");
              expect(entry, toTheDoor(ask(entry, "made-up")), "a made-up session is answered");
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void a_session_that_was_ended_is_none() {
    String token = token(Role.ADMINISTRATOR);
    sessions.end(token);
    walk.entries()
        .filter(entry -> entry.role() != null)
        .forEach(entry -> expect(entry, toTheDoor(ask(entry, token)), "it is still good"));
    assertThat(wrong).isEmpty();
  }

  @Test
  void no_form_comes_from_elsewhere_whoever_sends_it() {
    String token = token(Role.ADMINISTRATOR);
    String form = formToken(wire.get("/account", "Cookie: rollcall=" + token).body());
    walk.entries()
        .filter(entry -> entry.method().equals("POST"))
        .forEach(
            entry -> {
              for (String foreign :
                  List.of("Origin: https://evil.example", "Sec-Fetch-Site: cross-site")) {
                int status = ask(entry, token, foreign, "X-Form-Token: " + form).status();
                expect(entry, status == 403, foreign + " gets " + status);
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_form_token_of_one_session_is_worth_nothing_in_another() {
    String mine = token(Role.ADMINISTRATOR);
    String other = token(Role.ADMINISTRATOR);
    String form = formToken(wire.get("/account", "Cookie: rollcall=" + other).body());
    walk.entries()
        .filter(entry -> entry.method().equals("POST") && entry.role() != null)
        .forEach(
            entry ->
                expect(
                    entry,
                    ask(entry, mine, "X-Form-Token: " + form).status() == 403,
                    "a token of another session is taken"));
    assertThat(wrong).isEmpty();
  }

  @Test
  void other_methods_are_refused_everywhere() {
    String cookie = "Cookie: rollcall=" + token(Role.ADMINISTRATOR);
    walk.entries()
        .forEach(
            entry -> {
              for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE")) {
                int status = wire.send(wire.request(method, walk.path(entry), "", cookie)).status();
                expect(entry, status == 405, method + " gets " + status);
              }
            });
    assertThat(wrong).isEmpty();
  }

  static String formToken(String page) {
    return page.replaceFirst("(?s).*name=\"form-token\" value=\"([A-Za-z0-9_-]+)\".*", "$1");
  }
}
