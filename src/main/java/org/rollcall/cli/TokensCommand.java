package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.user.ApiToken;
import org.rollcall.user.ApiTokens;
import org.rollcall.user.Role;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "tokens",
    description = "Lists the tokens of the API, makes one, or revokes one.",
    mixinStandardHelpOptions = true)
final class TokensCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "DO", arity = "0..1", description = "make or revoke; default: list")
  @Nullable String what;

  @Parameters(paramLabel = "NAME", index = "1", arity = "0..1", description = "of the token")
  @Nullable String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "viewer, operator or administrator (${DEFAULT-VALUE})")
  String role = "viewer";

  @Option(
      names = "--expires",
      paramLabel = "DAYS",
      description = "such as 90d, at most 366d (${DEFAULT-VALUE})")
  String expires = "90d";

  @Option(names = "--json", description = "print the list as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (what == null) {
      list();
    } else if (what.equals("make")) {
      make(named(), Roles.of(commandLine(), role), good());
    } else if (what.equals("revoke")) {
      revoke(named());
    } else {
      throw wrong("\"" + what + "\" is not known; use make or revoke, or nothing to list them");
    }
    return ExitCode.DONE;
  }

  private void list() {
    try (Hub hub = options.hub()) {
      List<ApiToken> tokens = hub.apiTokens().all();
      if (json) {
        out()
            .println(
                Output.json(
                    tokens.stream().map(token -> Roles.json(token, token.role())).toList()));
        return;
      }
      Instant now = Clock.systemUTC().instant();
      tokens.forEach(token -> print(token, now));
      if (tokens.isEmpty()) {
        out().println("no tokens; make one with: rollcall tokens make NAME --role viewer");
      }
    }
  }

  private void print(ApiToken token, Instant now) {
    out()
        .printf(
            "%-24s %-14s %-8s until %s, last used %s, made by %s%n",
            token.name(),
            token.role().word(),
            token.state(now),
            token.expiresAt().truncatedTo(ChronoUnit.MINUTES),
            token.usedAt() == null ? "never" : token.usedAt().truncatedTo(ChronoUnit.MINUTES),
            token.madeBy());
  }

  private void make(String name, Role role, Duration good) {
    try (Hub hub = options.hub()) {
      String token =
          hub.apiTokens()
              .make(name, role, good, HubOptions.user())
              .orElseThrow(
                  () ->
                      wrong(
                          "there is a token \"%s\"; revoke it first, or take another name"
                              .formatted(name)));
      note(hub, "made a token as " + role.word(), name);
      commandLine().getErr().println("This is shown this once; Rollcall keeps only a hash of it.");
      out().println(token);
    }
  }

  private void revoke(String name) {
    try (Hub hub = options.hub()) {
      if (!hub.apiTokens().revoke(name)) {
        throw wrong("there is no token \"" + name + "\"; rollcall tokens lists them");
      }
      note(hub, "revoked a token", name);
      out().printf("token %s is revoked%n", name);
    }
  }

  private String named() {
    if (name == null) {
      throw wrong("which token? give its name");
    }
    ApiTokens.flaw(name)
        .ifPresent(
            flaw -> {
              throw wrong("\"" + name + "\" cannot be a token's name. " + flaw);
            });
    return name;
  }

  private Duration good() {
    long days = expires.matches("[1-9][0-9]{0,3}d") ? days() : 0;
    if (days < 1 || days > ApiTokens.LONGEST.toDays()) {
      throw wrong("\"" + expires + "\" is no time for a token; use 1d to 366d, such as 90d");
    }
    return Duration.ofDays(days);
  }

  private long days() {
    return Long.parseLong(expires.substring(0, expires.length() - 1));
  }

  private static void note(Hub hub, String what, String name) {
    HubOptions.note(hub, what, null, "token " + name);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
