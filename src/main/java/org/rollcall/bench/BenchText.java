package org.rollcall.bench;

import java.io.PrintWriter;
import org.rollcall.bench.BenchReport.Cost;
import org.rollcall.bench.BenchReport.Phase;
import org.rollcall.bench.BenchReport.Ratios;
import org.rollcall.bench.BenchSource.Difference;
import org.rollcall.bench.Provider.Requests;

/** The figures as a table. */
public final class BenchText {
  private final PrintWriter out;

  public BenchText(PrintWriter out) {
    this.out = out;
  }

  public void print(BenchReport report) {
    out.printf(
        "%n%,d members in %d groups, %,d rows; the hub had -Xmx%s%n",
        report.members(), report.groups(), report.bare().rows(), report.hubHeap());
    costs(report);
    ratios(report);
    requests(report);
    comparison(report);
  }

  private void costs(BenchReport report) {
    out.printf(
        "%n  %-14s %9s %9s %9s %9s %10s %10s%n",
        "processor", "wall s", "rows/s", "hub s", "db s", "hub us/row", "db us/row");
    cost("start", report.start());
    cost("bare start", report.bareStart());
    cost("bare read", report.bare());
    for (Phase phase : report.phases()) {
      cost(phase.name(), phase.cost());
    }
    for (Phase phase : report.phases()) {
      out.printf(
          "  %-14s heap at most %d MB, process %d MB; PostgreSQL's tidying up afterwards %.2f s%n",
          phase.name(),
          phase.heapPeakBytes() >> 20,
          phase.residentPeakBytes() >> 20,
          phase.afterSeconds());
    }
  }

  private void cost(String name, Cost cost) {
    long rows = cost.rows();
    out.printf(
        "  %-14s %9.2f %,9.0f %9.2f %9.2f %10.1f %10.1f%n",
        name,
        cost.seconds(),
        rows / cost.seconds(),
        cost.hubSeconds(),
        cost.databaseSeconds(),
        rows == 0 ? 0 : cost.hubSeconds() * 1e6 / rows,
        rows == 0 ? 0 : cost.databaseSeconds() * 1e6 / rows);
  }

  private void ratios(BenchReport report) {
    out.printf("%n  times the bare read of the same rows%n");
    out.printf(
        "  %-14s %9s %9s %9s %16s %16s%n",
        "", "hub", "database", "both", "hub, no start", "both, no start");
    for (Phase phase : report.phases()) {
      Ratios ratios = phase.ratios();
      out.printf(
          "  %-14s %9.2f %9.2f %9.2f %16.2f %16.2f%n",
          phase.name(),
          ratios.hub(),
          ratios.database(),
          ratios.both(),
          ratios.hubWithoutStart(),
          ratios.bothWithoutStart());
    }
  }

  private void requests(BenchReport report) {
    out.printf("%n  requests%n");
    out.printf(
        "  %-14s %8s %8s %8s %8s %8s %8s %8s %12s%n",
        "", "all", "fewest", "writes", "jobs", "polls", "pages", "other", "polls beyond");
    for (Phase phase : report.phases()) {
      Requests requests = phase.requests();
      out.printf(
          "  %-14s %,8d %,8d %,8d %,8d %,8d %,8d %,8d %,12d%n",
          phase.name(),
          requests.all(),
          phase.fewest(),
          requests.writes(),
          requests.jobs(),
          requests.polls(),
          requests.contactPages(),
          requests.otherReads(),
          requests.polls() - requests.jobs());
    }
  }

  private void comparison(BenchReport report) {
    out.printf("%n  compared with the rules%n");
    for (Phase phase : report.phases()) {
      out.printf(
          "  %-14s %s, %,d contacts and %,d memberships: %s%n",
          phase.name(),
          phase.state(),
          phase.contacts(),
          phase.memberships(),
          phase.exact() ? "exact" : "DIFFERENT");
      for (Difference difference : phase.differences()) {
        out.printf(
            "    %s: %,d, such as %s%n",
            difference.kind(), difference.count(), difference.example());
      }
    }
    out.printf(
        "  the unchanged run %s%n",
        report.unchangedWroteNothing() ? "wrote nothing" : "WROTE TO THE PROVIDER");
  }
}
