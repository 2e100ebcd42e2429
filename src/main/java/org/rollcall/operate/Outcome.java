package org.rollcall.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.run.Runs;

/** What became of a firing, in one line for the log. */
final class Outcome {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Outcome() {}

  static String sentence(List<Runs.Record> runs, Duration took) {
    List<String> parts = new ArrayList<>();
    for (Runs.Record run : runs) {
      parts.add("run %d %s %s%s".formatted(run.id(), run.job(), run.state().word(), why(run)));
    }
    String counts = runs.isEmpty() ? "" : counts(runs.get(runs.size() - 1));
    return String.join(", ", parts) + " in " + took.toSeconds() + " s: " + counts;
  }

  private static String why(Runs.Record run) {
    String why = run.error() == null ? run.heldReason() : run.error();
    return why == null ? "" : " (" + why + ")";
  }

  /** Only what is not zero. */
  private static String counts(Runs.Record run) {
    List<String> counts = new ArrayList<>();
    try {
      JsonNode all = JSON.readTree(run.counts());
      all.fields()
          .forEachRemaining(
              count -> {
                if (count.getValue().asLong() != 0) {
                  counts.add(count.getKey() + " " + count.getValue().asLong());
                }
              });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the counts of run " + run.id(), e);
    }
    return counts.isEmpty() ? "nothing read" : String.join(", ", counts);
  }
}
