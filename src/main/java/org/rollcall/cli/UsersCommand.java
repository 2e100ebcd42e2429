package org.rollcall.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.settings.ServiceSettings;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.user.User;
import org.rollcall.user.Users;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "users",
    description = {
      "Lists who may sign in to the console.",
      "`users invite` and `users link` help when nobody can sign in any more."
    },
    subcommands = {UsersCommand.Invite.class, UsersCommand.Link.class},
    mixinStandardHelpOptions = true)
final class UsersCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      List<User> users = hub.users().all();
      if (json) {
        out.println(Output.json(users));
        return ExitCode.DONE;
      }
      users.forEach(user -> out.println(line(user)));
      out.println(
          users.isEmpty()
              ? "no users; make one with: rollcall users invite NAME --role administrator"
              : users.size() + (users.size() == 1 ? " user" : " users"));
      return ExitCode.DONE;
    }
  }

  private static String line(User user) {
    return "%s, %s%s, %s"
        .formatted(
            user.name(),
            user.role().word(),
            user.active() ? "" : ", may not sign in",
            user.signedInAt() == null ? "never signed in" : "last signed in " + user.signedInAt());
  }

  @Command(
      name = "invite",
      description = "Makes a user, and prints a link with which the person chooses a password.",
      mixinStandardHelpOptions = true)
  static final class Invite implements Callable<Integer> {
    @Mixin HubOptions options = new HubOptions();

    @Parameters(paramLabel = "NAME", description = "what the person signs in as")
    String name = "";

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "viewer, operator or administrator")
    String role = "";

    @Spec CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      String wanted = name.strip();
      Users.flaw(wanted)
          .ifPresent(
              flaw -> {
                throw new ParameterException(line, flaw);
              });
      if (!role.matches("viewer|operator|administrator")) {
        throw new ParameterException(
            line, "\"" + role + "\" is not a role; use viewer, operator or administrator");
      }
      try (Hub hub = options.hub()) {
        refuseWhereUseless(hub, line);
        Optional<String> token = hub.users().invite(wanted, Role.of(role));
        if (token.isEmpty()) {
          throw new ParameterException(
              line, "there is a user of this name; for a new password: rollcall users link NAME");
        }
        note(hub, "invited a user as " + role, wanted);
        print(line.getOut(), hub, token.get());
        return ExitCode.DONE;
      }
    }
  }

  @Command(
      name = "link",
      description = "Prints a link with which the person chooses a new password.",
      mixinStandardHelpOptions = true)
  static final class Link implements Callable<Integer> {
    @Mixin HubOptions options = new HubOptions();

    @Parameters(paramLabel = "NAME", description = "what the person signs in as")
    String name = "";

    @Spec CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public Integer call() {
      CommandLine line = Objects.requireNonNull(spec).commandLine();
      try (Hub hub = options.hub()) {
        refuseWhereUseless(hub, line);
        User user =
            hub.users()
                .find(name)
                .filter(User::active)
                .orElseThrow(
                    () ->
                        new ParameterException(
                            line, "nobody of this name may sign in; see: rollcall users"));
        note(hub, "made a link for a new password", user.name());
        print(line.getOut(), hub, hub.users().newPassword(user));
        return ExitCode.DONE;
      }
    }
  }

  private static void refuseWhereUseless(Hub hub, CommandLine line) {
    if (!hub.settings().service().localSignIn()) {
      throw new ParameterException(
          line, "rollcall.service.local-sign-in is no: passwords open nothing here");
    }
  }

  private static void note(Hub hub, String what, String about) {
    String who = System.getProperty("user.name", "somebody").toLowerCase(Locale.ROOT);
    hub.audit().note(Audit.Through.COMMAND, who, what, null, about);
  }

  private static void print(PrintWriter out, Hub hub, String token) {
    ServiceSettings service = hub.settings().service();
    URI known = service.publicUrl();
    String url =
        known != null ? known.toString() : "http://" + service.host() + ":" + service.port();
    out.printf("good once, for 24 hours: %s/welcome/%s%n", url, token);
  }
}
