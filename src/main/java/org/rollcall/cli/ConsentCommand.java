package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.consent.Ledger.Entry;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.settings.SyncSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "consent",
    description = "Shows who opted out and who came back, when, and on what evidence.",
    mixinStandardHelpOptions = true)
final class ConsentCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(names = "--member", paramLabel = "KEY", description = "only this member")
  @Nullable String member;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "only from this day on, in the sync's time zone; or a time with its zone")
  @Nullable String since;

  @Option(names = "--json", description = "print the result as NDJSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      SyncSettings sync = hub.settings().sync(name);
      long[] count = {0};
      hub.consents()
          .each(
              name,
              member,
              Dates.since(spec.commandLine(), since, sync.timeZone()),
              entry -> {
                count[0]++;
                print(out, entry, sync.timeZone());
              });
      if (!json && count[0] == 0) {
        out.println(
            member == null
                ? "nobody has opted out"
                : "nothing is on record of member \"%s\"".formatted(member));
      }
      return ExitCode.DONE;
    }
  }

  private void print(PrintWriter out, Entry entry, ZoneId zone) {
    if (json) {
      out.println(Output.json(entry));
      return;
    }
    out.printf(
        "%-16s  %-12s %-17s %-34s %s%s%n",
        entry.at().atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES),
        entry.memberKey(),
        words(entry.what()),
        entry.address(),
        origin(entry),
        entry.reason() == null ? "" : ": " + entry.reason());
  }

  private static String words(String what) {
    return switch (what) {
      case "opt_out" -> "opted out";
      case "opt_in" -> "opted in";
      case "resubscribe_asked" -> "asked to confirm";
      default -> "resubscribed";
    };
  }

  private static String origin(Entry entry) {
    return switch (entry.system()) {
      case "hub" -> "by Rollcall";
      case "source" -> "at the source, " + entry.by();
      default -> entry.by() == null ? "at the provider" : "at the provider, by " + who(entry.by());
    };
  }

  private static String who(String by) {
    return by.equalsIgnoreCase("Account")
        ? "staff"
        : "the " + by.toLowerCase(java.util.Locale.ROOT);
  }
}
