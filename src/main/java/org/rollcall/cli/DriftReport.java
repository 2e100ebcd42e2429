package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.verify.Drift;
import org.rollcall.verify.Drift.Count;
import org.rollcall.verify.Drift.Kind;
import org.rollcall.verify.Drift.Reason;

/** Differences in words for a person. */
final class DriftReport {
  private final Drift drift;
  private final PrintWriter out;

  DriftReport(Drift drift, PrintWriter out) {
    this.drift = drift;
    this.out = out;
  }

  /** Nothing for a run that did not read everything back. */
  void ofRun(Runs.Record run) {
    if (drift.latest(run.sync(), run.id()).isPresent()) {
      out.println("  read everything back, and compared it with what was known:");
      print(run.id(), run.state() == RunState.PLANNED);
    }
  }

  void print(long run, boolean dry) {
    Map<Kind, Count> counts = drift.counts(run);
    Map<String, List<Reason>> reasons =
        drift.reasons(run).stream().collect(Collectors.groupingBy(Reason::kind));
    boolean none = true;
    for (Map.Entry<Kind, Count> one : counts.entrySet()) {
      Count count = one.getValue();
      if (count.found() > 0) {
        none = false;
        out.printf(
            "    %,d %s: %,d %s, %,d left%s%n",
            count.found(),
            one.getKey().text(),
            count.repaired(),
            dry ? "would be repaired" : "repaired",
            count.found() - count.repaired(),
            why(reasons.getOrDefault(one.getKey().word(), List.of())));
      }
    }
    if (none) {
      out.println("    no difference");
    }
  }

  private static String why(List<Reason> reasons) {
    return reasons.isEmpty()
        ? ""
        : reasons.stream()
            .map(reason -> reason.entries() + ": " + Objects.toString(reason.why(), "not judged"))
            .collect(Collectors.joining("; ", " (", ")"));
  }
}
