package org.rollcall.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.GivenTime;
import org.rollcall.web.Visit;

/** What was asked, checked while it is read. */
final class Request {
  static final String NDJSON = "application/x-ndjson";
  static final int USUAL_LIMIT = 100;
  static final int LARGEST_LIMIT = 1000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Visit visit;
  private final ObjectNode body;

  private Request(Visit visit, ObjectNode body) {
    this.visit = visit;
    this.body = body;
  }

  /**
   * @param names of the query's parameters, or of the body's fields
   * @throws Wrong when there is one that nobody knows
   */
  static Request reading(Visit visit, Set<String> names) {
    refuseUnknown("query parameter", visit.queryNames(), names);
    return new Request(visit, JSON.createObjectNode());
  }

  static Request acting(Visit visit, Set<String> names) {
    refuseUnknown("query parameter", visit.queryNames(), Set.of());
    ObjectNode body = object(visit.body());
    Set<String> given = new TreeSet<>();
    body.fieldNames().forEachRemaining(given::add);
    refuseUnknown("field", given, names);
    return new Request(visit, body);
  }

  private static void refuseUnknown(String what, Set<String> given, Set<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        throw Wrong.input(
            "There is no %s \"%s\" here".formatted(what, shown(name)),
            known.isEmpty()
                ? "Leave it out."
                : "Use " + String.join(", ", new TreeSet<>(known)) + ".");
      }
    }
  }

  private static ObjectNode object(String text) {
    if (text.isBlank()) {
      return JSON.createObjectNode();
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Wrong.unreadable(
          "The body is not JSON (line %d, column %d)"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          "Send one JSON object.");
    }
    throw Wrong.unreadable("The body is JSON, and no object", "Send one JSON object.");
  }

  private static String shown(String name) {
    return name.length() > 60 ? name.substring(0, 60) + "..." : name;
  }

  Visit visit() {
    return visit;
  }

  /** Who asks, as the audit names them. */
  String by() {
    return visit.visitor().name();
  }

  boolean wantsLines() {
    return visit.type().equals(NDJSON);
  }

  String path(String name) {
    return clean(name, visit.path(name));
  }

  /**
   * A number in the path.
   *
   * @throws Wrong when it is none, for then there is nothing of that number
   */
  long number(String name) {
    try {
      return Long.parseLong(visit.path(name));
    } catch (NumberFormatException e) {
      throw Wrong.missing("\"" + shown(visit.path(name)) + "\" is not a number", "Use a number.");
    }
  }

  Optional<String> query(String name) {
    if (visit.queries(name).size() > 1) {
      throw Wrong.input("The query parameter " + name + " is given twice", "Give it once.");
    }
    return visit.query(name).map(value -> clean(name, value));
  }

  /** Exactly one of these words. */
  @Nullable String word(String name, List<String> words) {
    String given = query(name).orElse(null);
    if (given != null && !words.contains(given)) {
      throw Wrong.input(
          "\"%s\" is no %s".formatted(shown(given), name), "Use " + String.join(", ", words) + ".");
    }
    return given;
  }

  int limit() {
    String given = query("limit").orElse(Integer.toString(USUAL_LIMIT));
    if (!given.matches("[1-9][0-9]{0,3}") || Integer.parseInt(given) > LARGEST_LIMIT) {
      throw Wrong.input(
          "\"" + shown(given) + "\" is no limit", "Use a number from 1 to " + LARGEST_LIMIT + ".");
    }
    return Integer.parseInt(given);
  }

  /** A time with its zone, or a day in the sync's own. */
  @Nullable Instant since(ZoneId zone) {
    String given = query("since").orElse(null);
    if (given == null) {
      return null;
    }
    try {
      return GivenTime.parse(given, zone);
    } catch (DateTimeException e) {
      throw Wrong.input(
          "\"" + shown(given) + "\" is no date",
          "Use one such as 2026-11-21 or 2026-11-21T20:00:00Z.");
    }
  }

  boolean flag(String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw Wrong.input(field + " is neither true nor false", "Use true or false.");
    }
    return value.asBoolean(false);
  }

  @Nullable String text(String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw Wrong.input(field + " is not a text", "Give a text in quotes, or leave it out.");
    }
    return clean(field, value.asText());
  }

  List<String> texts(String field) {
    JsonNode value = body.path(field);
    List<String> texts = new ArrayList<>();
    if (!value.isMissingNode() && !value.isArray()) {
      throw Wrong.input(field + " is not an array", "Give texts in brackets, or leave it out.");
    }
    for (JsonNode one : value) {
      if (!one.isTextual()) {
        throw Wrong.input(field + " holds something that is no text", "Give texts only.");
      }
      texts.add(clean(field, one.asText()));
    }
    return texts;
  }

  /** What no database keeps is not looked for. */
  private static String clean(String name, String value) {
    if (value.indexOf('\0') >= 0) {
      throw Wrong.input(name + " holds a character that no text has", "Leave it out.");
    }
    return value;
  }
}
