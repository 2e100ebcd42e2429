package org.rollcall.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /live}, {@code /started}, {@code /ready} and {@code /health} in JSON, to
 * everybody.
 */
final class HealthPages {
  private static final Logger LOG = LoggerFactory.getLogger(HealthPages.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private HealthPages() {}

  private interface Question {
    Reply answer() throws JsonProcessingException;
  }

  static void mount(Site site, Health health) {
    on(site, "/live", () -> json(200, Map.of("status", "up")));
    on(
        site,
        "/started",
        () ->
            health.started()
                ? json(200, Map.of("status", "up"))
                : json(503, Map.of("status", "starting")));
    on(site, "/ready", () -> ready(health.reasons()));
    on(
        site,
        "/health",
        () -> {
          Map<String, Object> all = health.all();
          return json("up".equals(all.get("status")) ? 200 : 503, all);
        });
  }

  private static Reply ready(List<String> reasons) throws JsonProcessingException {
    return reasons.isEmpty()
        ? json(200, Map.of("status", "up"))
        : json(503, Map.of("status", "down", "reasons", reasons));
  }

  private static void on(Site site, String path, Question question) {
    site.open(path, visit -> answered(question));
  }

  private static Reply answered(Question question) {
    try {
      return question.answer();
    } catch (RuntimeException | JsonProcessingException e) {
      LOG.warn("health cannot be told: {}", e.getMessage());
      return new Reply.Data(
          503,
          "application/json",
          "{\"status\":\"down\",\"reasons\":[\"see the log\"]}".getBytes(UTF_8));
    }
  }

  private static Reply json(int status, Map<String, ?> body) throws JsonProcessingException {
    return new Reply.Data(status, "application/json", JSON.writeValueAsBytes(body));
  }
}
