package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.alert.Handover;
import org.rollcall.alert.Mailroom;
import org.rollcall.alert.Outbox;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Mailrooms;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "mail",
    description = "Lists the last messages to staff, or tries whether messages arrive.",
    mixinStandardHelpOptions = true)
final class MailCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Mixin HubOptions options = new HubOptions();

  @Option(names = "--test", description = "sends one message to all recipients now")
  boolean test;

  @Option(names = "--json", description = "print the list as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub();
        Mailroom mailroom = Mailrooms.of(hub, Clock.systemUTC())) {
      if (test) {
        return tell(out, mailroom.send(mailroom.test()));
      }
      List<Outbox.Entry> last = mailroom.last(SHOWN);
      if (json) {
        out.println(Output.json(last));
      } else {
        last.forEach(entry -> print(out, entry));
        out.println(last.isEmpty() ? "no message yet" : last.size() + " messages");
      }
      return ExitCode.DONE;
    }
  }

  /** Says what became of a message that was sent at once. */
  static int tell(PrintWriter out, Handover handover) {
    Handover.Trouble trouble = handover.trouble();
    if (!handover.taken().isEmpty()) {
      out.println("the mail server took it for " + String.join(", ", handover.taken()));
    }
    if (trouble != null) {
      out.println("not sent: " + trouble.sentence());
      return ExitCode.FAILED;
    }
    return ExitCode.DONE;
  }

  private static void print(PrintWriter out, Outbox.Entry entry) {
    out.printf("%s  %-8s  %s%n", entry.writtenAt(), entry.state(), entry.subject());
    if (entry.error() != null) {
      out.println("    " + entry.error());
    }
  }
}
