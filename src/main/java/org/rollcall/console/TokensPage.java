package org.rollcall.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.ApiToken;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** The tokens with which programs use the API, for administrators. */
public final class TokensPage {
  private final ApiTokens tokens;
  private final Audit audit;
  private final Clock clock = Clock.systemUTC();

  TokensPage(ApiTokens tokens, Audit audit) {
    this.tokens = tokens;
    this.audit = audit;
  }

  /**
   * What the page shows.
   *
   * @param token that was just made, shown this once
   */
  public record View(
      List<ApiToken> tokens,
      Instant now,
      @Nullable String token,
      @Nullable String name,
      @Nullable String trouble) {}

  void mount(Site site) {
    site.get("/tokens", Role.ADMINISTRATOR, visit -> show(200, null, null, null));
    site.post("/tokens", Role.ADMINISTRATOR, this::make);
    site.post("/tokens/:name/revoke", Role.ADMINISTRATOR, this::revoke);
  }

  private Reply show(
      int status, @Nullable String token, @Nullable String name, @Nullable String trouble) {
    return new Reply.Page(
        status, "tokens/all", new View(tokens.all(), clock.instant(), token, name, trouble));
  }

  private Reply make(Visit visit) {
    String name = visit.form("name").orElse("").strip();
    String role = visit.form("role").orElse("");
    String days = visit.form("days").orElse("");
    Optional<String> flaw = ApiTokens.flaw(name);
    if (flaw.isPresent()
        || !role.matches("viewer|operator|administrator")
        || !days.matches("7|30|90|366")) {
      return show(422, null, null, flaw.orElse("Choose a role and a time."));
    }
    Optional<String> token =
        tokens.make(
            name, Role.of(role), Duration.ofDays(Long.parseLong(days)), visit.visitor().name());
    if (token.isEmpty()) {
      return show(422, null, null, "There is a token of this name. Revoke it first.");
    }
    note(visit, "made a token as " + role, name);
    return show(200, token.get(), name, null);
  }

  private Reply revoke(Visit visit) {
    String name = visit.path("name");
    if (tokens.revoke(name)) {
      note(visit, "revoked a token", name);
      visit.tell("Token " + name + " is revoked: whoever has it is refused from now on.");
    } else {
      visit.tell("There was no token " + name + " to revoke.");
    }
    return Reply.see("/tokens");
  }

  private void note(Visit visit, String what, String name) {
    audit.note(Audit.Through.CONSOLE, visit.visitor().name(), what, null, "token " + name);
  }
}
