package org.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import org.rollcall.plan.PlanView;
import org.rollcall.run.CountWords;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** Runs in words for a person. */
final class RunReport {
  private static final int SHOWN_CHANGES = 50;

  /** What was there already. */
  private static final List<String> OUTLOOK =
      List.of(
          "adoptList",
          "createList",
          "adoptContact",
          "adoptDiffering",
          "adoptMembership",
          "unsubscribed",
          "foreignContact",
          "notFound");

  private final Hub hub;
  private final PrintWriter out;

  RunReport(Hub hub, PrintWriter out) {
    this.hub = hub;
    this.out = out;
  }

  void print(List<Runs.Record> runs, boolean withChanges) {
    for (Runs.Record run : runs) {
      print(run);
      if (withChanges || run.state() == RunState.HELD) {
        changes(run);
      }
    }
  }

  /** The first changes of a plan. */
  void changes(List<PlanView.Entry> entries) {
    entries.stream()
        .limit(SHOWN_CHANGES)
        .forEach(
            entry ->
                out.printf(
                    "  %-15s %s %s%s%n",
                    entry.change(),
                    entry.memberKey(),
                    entry.lists(),
                    entry.held() ? " (held)" : ""));
    if (entries.size() > SHOWN_CHANGES) {
      out.println("  ... and more");
    }
  }

  void print(Runs.Record run) {
    JsonNode counts = Output.parsed(run.counts());
    out.printf("run %d: %s of %s %s%n", run.id(), run.job(), run.sync(), run.state().word());
    if (run.error() != null) {
      out.printf("  %s%n", run.error());
    }
    if (run.job().equals("contacts")) {
      out.printf(
          "  read %,d rows: %,d members = %,d eligible + %,d not applicable%n",
          number(counts, "read"),
          number(counts, "members"),
          number(counts, "eligible"),
          number(counts, "notApplicable"));
      out.printf(
          "  create %,d, update %,d contacts; add %,d, remove %,d memberships; %,d unchanged,"
              + " %,d failed%n",
          number(counts, "createContact"),
          number(counts, "updateContact"),
          number(counts, "addToList"),
          number(counts, "removeFromList"),
          number(counts, "unchanged"),
          number(counts, "failed"));
    }
    long failed = number(counts, "failed");
    if (run.job().equals("lists") && failed > 0) {
      out.printf(
          "  %,d %s not kept; why, and what to do: rollcall dead-letters%n",
          failed, failed == 1 ? "list is" : "lists are");
    }
    if (run.job().equals("activities")) {
      out.printf(
          "  %s, %s, %s%n",
          counted(counts, "campaigns"), counted(counts, "activities"), counted(counts, "optOuts"));
    }
    outlook(counts);
    new DriftReport(hub.drift(), out).ofRun(run);
    long requests = number(counts, "requests");
    out.printf("  %,d provider %s%n", requests, requests == 1 ? "call" : "calls");
    if (run.forecast() != null && run.state() != RunState.COMPLETED) {
      JsonNode forecast = Output.parsed(run.forecast());
      out.printf(
          "  the plan needs about %,d provider calls, %,d min at the permitted rate, %s %% of a"
              + " day's quota%n",
          number(forecast, "calls"),
          number(forecast, "minutes"),
          forecast.path("quotaPercent").asText());
      if (forecast.has("pages")) {
        out.printf(
            "  %,d campaigns, %,d pages, %,d of them opt-outs, which come first; %,d requests of"
                + " today's share are left%n",
            number(forecast, "campaigns"),
            number(forecast, "pages"),
            number(forecast, "optOutPages"),
            number(forecast, "left"));
      }
    }
    if (run.state() == RunState.HELD) {
      out.printf("  held: %s%n", run.heldReason());
      out.printf(
          "  release with: rollcall approve %d    drop with: rollcall reject %<d%n", run.id());
    }
  }

  private void outlook(JsonNode counts) {
    for (String name : OUTLOOK) {
      if (number(counts, name) > 0) {
        out.printf("  %s%n", counted(counts, name));
      }
    }
  }

  private static String counted(JsonNode counts, String name) {
    long number = number(counts, name);
    return "%,d %s".formatted(number, CountWords.of(name, number));
  }

  private void changes(Runs.Record run) {
    List<PlanView.Entry> entries = hub.plans().entries(run.id(), SHOWN_CHANGES + 1);
    changes(entries);
    if (entries.size() > SHOWN_CHANGES) {
      out.printf("  all of them: rollcall status --plan %d%n", run.id());
    }
  }

  private static long number(JsonNode counts, String name) {
    return counts.path(name).asLong();
  }
}
