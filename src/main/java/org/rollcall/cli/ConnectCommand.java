package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.Connect;
import org.rollcall.hub.Hub;
import org.rollcall.settings.AccountSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "connect",
    description = "Connects an account: in the browser, or with a code on any device.",
    mixinStandardHelpOptions = true)
final class ConnectCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "ACCOUNT", description = "the account, as in rollcall.accounts.NAME")
  String name = "";

  @Option(names = "--device", description = "approve with a code on any device")
  boolean device;

  @Option(
      names = "--port",
      description = "of the redirect address http://localhost:PORT/callback (${DEFAULT-VALUE})")
  int port = 8765;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (port < 1 || port > 65535) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "a port lies between 1 and 65535");
    }
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      AccountSettings account = hub.settings().account(name);
      Connect connect = hub.connect();
      Optional<String> organisation =
          device
              ? connect.device(account, err::println)
              : connect.browser(account, port, err::println);
      HubOptions.note(hub, "connected an account", null, name);
      out.printf("account %s is connected%s%n", name, organisation.map(o -> " as " + o).orElse(""));
      return ExitCode.DONE;
    }
  }
}
