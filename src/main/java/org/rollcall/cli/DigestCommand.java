package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.alert.Mailroom;
import org.rollcall.alert.Message;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Mailrooms;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "digest",
    description = "Prints the digest as of now and sends it to all recipients.",
    mixinStandardHelpOptions = true)
final class DigestCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Option(names = "--dry-run", description = "print it only")
  boolean dryRun;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub();
        Mailroom mailroom = Mailrooms.of(hub, Clock.systemUTC())) {
      Message digest = mailroom.digest();
      out.println(digest.subject());
      out.println();
      out.println(digest.body());
      return dryRun ? ExitCode.DONE : MailCommand.tell(out, mailroom.send(digest));
    }
  }
}
