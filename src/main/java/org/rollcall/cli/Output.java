package org.rollcall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Objects;
import org.rollcall.run.Runs;

/** Results as JSON, in the shapes of the contract. */
final class Output {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private Output() {}

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One run as an object, several as an array. */
  static String runs(List<Runs.Record> runs) {
    List<JsonNode> nodes = runs.stream().map(Output::run).toList();
    return json(nodes.size() == 1 ? nodes.get(0) : nodes);
  }

  static JsonNode run(Runs.Record run) {
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

  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
