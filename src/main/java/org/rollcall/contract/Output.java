package org.rollcall.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Runs;
import org.rollcall.verify.Drift;

/** Results as JSON, in the shapes of the contract. */
public final class Output {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private Output() {}

  public static String json(@Nullable Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One run as an object, several as an array. */
  public static String runs(List<Runs.Record> runs) {
    List<JsonNode> nodes = runs.stream().map(Output::run).toList();
    return json(nodes.size() == 1 ? nodes.get(0) : nodes);
  }

  /** The same with what a reading of everything found, by kind. */
  public static String runs(List<Runs.Record> runs, Drift drift) {
    List<JsonNode> nodes = runs.stream().map(run -> run(run, drift)).toList();
    return json(nodes.size() == 1 ? nodes.get(0) : nodes);
  }

  private static JsonNode run(Runs.Record run, Drift drift) {
    ObjectNode node = (ObjectNode) run(run);
    counts(node, drift, run.id());
    return node;
  }

  /** {@code drift} is what was found, {@code driftRepaired} how much of it was put right. */
  public static void counts(ObjectNode node, Drift drift, long run) {
    ObjectNode found = node.putObject("drift");
    ObjectNode repaired = node.putObject("driftRepaired");
    drift
        .counts(run)
        .forEach(
            (kind, count) -> {
              found.put(kind.word(), count.found());
              repaired.put(kind.word(), count.repaired());
            });
  }

  public static JsonNode run(Runs.Record run) {
    ObjectNode node = JSON.createObjectNode();
    node.put("run", run.id());
    node.put("sync", run.sync());
    node.put("job", run.job());
    node.put("state", run.state().word());
    node.put("startedAt", run.startedAt().toString());
    node.put("finishedAt", Objects.toString(run.finishedAt(), null));
    node.put("error", run.error());
    node.put("held", run.heldReason());
    if (run.forecast() != null) {
      node.set("forecast", parsed(run.forecast()));
    }
    node.set("counts", parsed(run.counts()));
    return node;
  }

  public static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
