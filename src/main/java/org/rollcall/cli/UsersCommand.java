package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.settings.ServiceSettings;
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
        out.println(
            Output.json(users.stream().map(user -> Roles.json(user, user.role())).toList()));
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
      Role given = Roles.of(line, role);
      try (Hub hub = options.hub()) {
        refuseWhereUseless(hub, line);
        Optional<String> token = hub.users().invite(wanted, given);
        if (token.isEmpty()) {
          throw new ParameterException(
              line, "there is a user of this name; for a new password: rollcall users link NAME");
        }
        HubOptions.note(hub, "invited a user as " + role, null, wanted);
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
        HubOptions.note(hub, "made a link for a new password", null, user.name());
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

  private static void print(PrintWriter out, Hub hub, String token) {
    out.printf(
        "good once, for 24 hours: %s/welcome/%s%n", address(hub.settings().service()), token);
  }

  /** A port that is chosen at the start is known to {@code run} alone. */
  private static String address(ServiceSettings service) {
    return service.port() == 0 && service.publicUrl() == null
        ? "(the address that rollcall run printed)"
        : service.address(service.port());
  }
}
