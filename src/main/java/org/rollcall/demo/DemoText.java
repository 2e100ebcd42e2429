package org.rollcall.demo;

import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.rollcall.demo.DemoReport.Check;
import org.rollcall.demo.DemoReport.Deed;
import org.rollcall.demo.DemoReport.Example;
import org.rollcall.demo.DemoReport.Step;
import org.rollcall.demo.DemoReport.Timeline;
import org.rollcall.verify.Statuses.GroupStatus;

/** The demo's report for a person. */
public final class DemoText {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final PrintWriter out;

  public DemoText(PrintWriter out) {
    this.out = out;
  }

  public void print(DemoReport report) {
    out.printf(
        "%nAn association of %,d members and companies in %d groups, of which %d synchronise.%n",
        report.members(),
        report.groups(),
        report.lists().stream()
            .filter(group -> group.list() != null && group.synced() > 0)
            .count());
    steps(report);
    groups(report);
    examples(report);
    checks(report);
    timeline(report.timeline());
    out.printf(
        "%nDone in %.1f seconds. The demo's settings, query and route: %s%n",
        report.seconds(), report.home());
  }

  private void steps(DemoReport report) {
    out.printf("%nWhat happened%n%n");
    for (Step step : report.steps()) {
      out.printf("  %s. %s%n", step.title(), step.before());
      out.printf(
          "    %s: %,d rows read; %,d contacts created, %,d updated; %,d added to lists, %,d taken"
              + " off; %,d requests, %.1f s%n",
          step.state(),
          step.read(),
          step.created(),
          step.updated(),
          step.added(),
          step.held() == null ? step.removed() : 0,
          step.requests(),
          step.seconds());
      if (step.held() != null) {
        out.printf("    held by the guard: %s%n", step.held());
      }
    }
    out.printf(
        "%n  %,d requests in all; one for each contact and removal would have been %,d,"
            + " at 4 a second %d minutes.%n",
        report.requests(), report.requestsOneByOne(), report.requestsOneByOne() / 240);
  }

  private void groups(DemoReport report) {
    out.printf("%nGroups%n%n");
    out.printf(
        "  %-24s %8s %8s %8s %8s %8s %14s%n",
        "group", "members", "synced", "pending", "unsubscr", "failed", "not applicable");
    for (GroupStatus group : report.lists()) {
      out.printf(
          "  %-24s %,8d %,8d %,8d %,8d %,8d %,14d%n",
          group.group(),
          group.members(),
          group.synced(),
          group.pending() + group.sending() + group.held(),
          group.unsubscribed(),
          group.failed(),
          group.notApplicable());
    }
  }

  private void examples(DemoReport report) {
    out.printf("%nWhy somebody is on a list, or not%n%n");
    for (Example example : report.examples()) {
      out.printf(
          "  %s%s %-18s %s%n",
          pad(example.name(), 23),
          example.asExpected() ? " " : "!",
          example.group(),
          outcome(example));
      out.printf("      %s%n", example.story());
    }
  }

  private static String outcome(Example example) {
    StringBuilder text = new StringBuilder(example.status());
    if (example.reason() != null) {
      text.append(": ").append(example.reason());
    }
    if (example.detail() != null) {
      text.append(" (").append(example.detail()).append(')');
    }
    return text.toString();
  }

  /** By what a terminal shows: wide letters take two places. */
  private static String pad(String text, int width) {
    int shown = text.codePoints().map(c -> c >= 0x2e80 ? 2 : 1).sum();
    return text + " ".repeat(Math.max(1, width - shown));
  }

  private void timeline(Timeline timeline) {
    out.printf(
        "%nWhat one member did with a newsletter: %s (%s)%n%n",
        timeline.name(), timeline.memberKey());
    for (Deed deed : timeline.deeds()) {
      out.printf(
          "  %s  %-10s %s%s%n",
          DAY.format(deed.at().atOffset(ZoneOffset.UTC)),
          words(deed.what()),
          deed.campaign(),
          deed.link() == null ? "" : "  " + deed.link());
    }
    out.printf(
        "%n  one of %,d sends, opens, clicks and other activities, read with %,d requests%n",
        timeline.activities(), timeline.requests());
  }

  private static String words(String what) {
    return switch (what) {
      case "send" -> "was sent";
      case "open" -> "opened";
      case "click" -> "clicked";
      case "forward" -> "forwarded";
      case "bounce" -> "came back";
      default -> "opted out";
    };
  }

  private void checks(DemoReport report) {
    out.printf("%nChecked by program%n%n");
    for (Check check : report.checks()) {
      out.printf(
          "  %-4s %s: %s%n",
          check.holds() ? "yes" : "NO", check.claim(), Objects.toString(check.seen(), "-"));
    }
  }
}
