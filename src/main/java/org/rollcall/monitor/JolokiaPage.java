package org.rollcall.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Set;
import org.jolokia.server.core.request.BadRequestException;
import org.rollcall.user.Audit;
import org.rollcall.user.Visitor;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /hawtio/jolokia}. Requests are JSON by content type, which no form of another site
 * can send, and what changes a route is noted in the audit.
 */
final class JolokiaPage {
  private static final Logger LOG = LoggerFactory.getLogger(JolokiaPage.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "{\"type\":\"version\"}";
  private static final Set<String> STEERING = Set.of("start", "stop", "suspend", "resume", "reset");

  private final Jolokia jolokia;
  private final Access access;
  private final Audit audit;

  JolokiaPage(Jolokia jolokia, Access access, Audit audit) {
    this.jolokia = jolokia;
    this.access = access;
    this.audit = audit;
  }

  void mount(Site site) {
    site.open("/hawtio/jolokia", visit -> answer(visit, VERSION));
    site.openPost("/hawtio/jolokia", this::post);
  }

  private Reply post(Visit visit) {
    String type = visit.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return type.matches("(application|text)/json\\b.*")
        ? answer(visit, visit.body())
        : json(415, "{\"status\":415,\"error\":\"send application/json\"}");
  }

  private Reply answer(Visit visit, String request) {
    if (!access.toJolokia(visit)) {
      return json(403, "{\"status\":403,\"error\":\"for administrators\"}");
    }
    try {
      String answer = jolokia.answer(request);
      note(visit, request, answer);
      return json(200, answer);
    } catch (BadRequestException | JsonProcessingException e) {
      LOG.debug("no request for Jolokia", e);
      return json(400, "{\"status\":400,\"error\":\"not a request that Jolokia knows\"}");
    }
  }

  private void note(Visit visit, String request, String answer) throws JsonProcessingException {
    JsonNode asked = JSON.readTree(request);
    JsonNode told = JSON.readTree(answer);
    if (asked.isArray()) {
      for (int i = 0; i < asked.size(); i++) {
        note(visit, asked.get(i), told.path(i));
      }
    } else {
      note(visit, asked, told);
    }
  }

  private void note(Visit visit, JsonNode asked, JsonNode told) {
    String operation = asked.path("operation").asText("").replaceFirst("\\(.*", "");
    if (STEERING.contains(operation) && told.path("status").asInt() == 200) {
      String who = visit.whoever().map(Visitor::name).orElse("monitoring token");
      audit.note(
          Audit.Through.JMX, who, operation + " of a route", null, route(asked.path("mbean")));
    }
  }

  private static String route(JsonNode mbean) {
    return mbean.asText("").replaceFirst(".*name=\"?([^\",]*)\"?.*", "$1");
  }

  private static Reply json(int status, String body) {
    return new Reply.Data(status, "application/json; charset=utf-8", body.getBytes(UTF_8));
  }
}
