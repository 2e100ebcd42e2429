package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.ActivityLog;
import org.rollcall.activity.ActivityLog.Campaign;
import org.rollcall.activity.ActivityLog.Engagement;
import org.rollcall.activity.ActivityLog.Entry;
import org.rollcall.activity.Bounces;
import org.rollcall.activity.Inquiry;
import org.rollcall.activity.Inquiry.Told;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.settings.SyncSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "activities",
    description =
        "Shows the campaigns, or what a member did with them, or what was done with a campaign.",
    mixinStandardHelpOptions = true)
final class ActivitiesCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "NAME", description = "the sync, as in rollcall.syncs.NAME")
  String name = "";

  @Option(names = "--member", paramLabel = "KEY", description = "what this member did")
  @Nullable String member;

  @Option(names = "--campaign", paramLabel = "ID", description = "what was done with this campaign")
  @Nullable String campaign;

  @Option(
      names = "--engagement",
      description = "every member's last open and click, counts of 90 days, and bounces")
  boolean engagement;

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "only from this day on, in the sync's time zone; or a time with its zone")
  @Nullable String since;

  @Option(
      names = "--now",
      description =
          "ask the provider what the member of --member did until now; costs one request for each"
              + " 100 rows, 3 at most")
  boolean now;

  @Option(names = "--json", description = "print the result as NDJSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (engagement && (campaign != null || since != null)) {
      throw new ParameterException(
          spec.commandLine(), "--engagement goes with --member only; it has its own times");
    }
    if (now && (member == null || campaign != null || since != null || engagement)) {
      throw new ParameterException(
          spec.commandLine(), "--now goes with --member, and nothing else");
    }
    try (Hub hub = options.hub()) {
      SyncSettings sync = hub.settings().sync(name);
      ZoneId zone = sync.timeZone();
      ActivityLog log = hub.activityLog();
      Instant from = Dates.since(spec.commandLine(), since, zone);
      long[] count = {0};
      if (now && member != null) {
        return ask(hub, member, zone);
      }
      if (engagement) {
        log.engagement(name, member, one -> print(out, one, zone, count));
      } else if (member == null && campaign == null) {
        log.campaigns(name, from).forEach(one -> print(out, one, zone, count));
      } else {
        log.each(name, member, campaign, from, one -> print(out, one, zone, count));
      }
      if (!json && count[0] == 0) {
        out.println(
            "nothing is known%s; activities are read by: rollcall sync %s --job activities"
                .formatted(member == null && campaign == null ? "" : " of that", name));
      }
      return ExitCode.DONE;
    }
  }

  private int ask(Hub hub, String key, ZoneId zone) {
    Inquiry inquiry = hub.inquiry();
    Told told = hub.syncs().look(name, (run, provider) -> inquiry.ask(run, provider, key));
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    if (told instanceof Told.Nobody) {
      err.printf(
          "sync %s has no member \"%s\"; rollcall status %1$s --members shows all%n", name, key);
      return ExitCode.USAGE;
    }
    if (told instanceof Told.Nothing nothing) {
      err.println(nothing.why());
      return ExitCode.FAILED;
    }
    Told.Activities activities = (Told.Activities) told;
    PrintWriter out = spec.commandLine().getOut();
    long[] count = {0};
    activities.rows().forEach(row -> print(out, row, zone, count));
    activities.notes().forEach(err::println);
    return ExitCode.DONE;
  }

  private void print(PrintWriter out, Inquiry.Row one, ZoneId zone, long[] count) {
    if (!printed(out, one, count)) {
      out.printf(
          "%-16s  %-12s %-10s %s%s%n",
          time(one.at(), zone),
          one.memberKey(),
          words(one.what()),
          one.campaign(),
          one.known() ? "" : "  (not read yet)");
    }
  }

  private boolean printed(PrintWriter out, Object one, long[] count) {
    count[0]++;
    if (json) {
      out.println(Output.json(one));
    }
    return json;
  }

  private void print(PrintWriter out, Engagement one, ZoneId zone, long[] count) {
    if (!printed(out, one, count)) {
      out.printf(
          "%-12s last open %-16s last click %-16s  90 days: %,d sent, %,d opens, %,d clicks%s%s%n",
          one.memberKey(),
          time(one.lastOpen(), zone),
          time(one.lastClick(), zone),
          one.sends(),
          one.opens(),
          one.clicks(),
          one.unansweredSince() == null
              ? ""
              : "; unanswered since %s: %,d"
                  .formatted(time(one.unansweredSince(), zone), one.unanswered()),
          one.advice() == null ? "" : "; bounced (" + one.bounceCode() + "): " + one.advice());
    }
  }

  private void print(PrintWriter out, Campaign one, ZoneId zone, long[] count) {
    if (!printed(out, one, count)) {
      out.printf(
          "%-16s  %s  %s%n                  by contacts: %,d sent, %,d opened, %,d clicked, %,d"
              + " bounced, %,d opted out, %,d forwarded, %,d complained; %,d activities read%n",
          time(one.sentAt(), zone),
          one.campaignId(),
          one.name(),
          one.contacts().get("send"),
          one.contacts().get("open"),
          one.contacts().get("click"),
          one.contacts().get("bounce"),
          one.contacts().get("opt_out"),
          one.contacts().get("forward"),
          one.complaints(),
          one.read());
    }
  }

  private void print(PrintWriter out, Entry one, ZoneId zone, long[] count) {
    if (!printed(out, one, count)) {
      String advice = Bounces.advice(one.bounceCode());
      out.printf(
          "%-16s  %-12s %-10s %s%s%s%s%n",
          time(one.at(), zone),
          Objects.toString(one.memberKey(), "-"),
          words(one.what()),
          one.campaign(),
          one.link() == null ? "" : "  " + one.link(),
          one.bounceCode() == null
              ? ""
              : "  (" + one.bounceCode() + (advice == null ? "" : ": " + advice) + ")",
          one.reason() == null ? "" : "  (" + one.reason() + ")");
    }
  }

  private static String words(String what) {
    return switch (what) {
      case "send" -> "sent";
      case "open" -> "opened";
      case "click" -> "clicked";
      case "bounce" -> "bounced";
      case "opt_out" -> "opted out";
      default -> "forwarded";
    };
  }

  private static String time(@Nullable Instant at, ZoneId zone) {
    return at == null
        ? "never"
        : at.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES).toString();
  }
}
