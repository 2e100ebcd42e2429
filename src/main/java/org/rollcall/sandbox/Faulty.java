package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one body, to be refused together in one message. */
final class Faulty {
  private final List<String> messages = new ArrayList<>();

  void add(String message) {
    messages.add(message);
  }

  void refuse() {
    if (!messages.isEmpty()) {
      throw Refusal.invalid(messages);
    }
  }

  void invalid(String name) {
    add(name + " does not have a valid value");
  }

  /** A text of limited length; blank and null count as absent. */
  @Nullable String text(JsonNode node, String name, int maximum) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isValueNode()) {
      invalid(name);
      return null;
    }
    String text = value.asText();
    if (text.length() > maximum) {
      add(name + " size must be between 0 and " + maximum);
    }
    return text.isBlank() ? null : text;
  }

  @Nullable String required(JsonNode node, String name, int maximum) {
    String text = text(node, name, maximum);
    if (text == null) {
      add(name + " is missing");
    }
    return text;
  }

  int number(JsonNode node, String name, int from, int to) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return 0;
    }
    int number = value.isTextual() ? parse(value.asText()) : value.isInt() ? value.asInt() : -1;
    if (number < from || number > to) {
      invalid(name);
      return 0;
    }
    return number;
  }

  private static int parse(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The sent array, or nothing when the property was not sent. */
  @Nullable List<JsonNode> array(JsonNode node, String name, int maximum) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      invalid(name);
      return List.of();
    }
    if (value.size() > maximum) {
      add(name + " may have at most " + maximum + " entries");
    }
    List<JsonNode> entries = new ArrayList<>();
    value.forEach(entries::add);
    return entries;
  }

  /** Origin of a change: required, and of the known set. */
  Origin origin(JsonNode node, String name) {
    String text = text(node, name, 50);
    Origin origin = text == null ? null : Origin.of(text);
    if (text == null) {
      add(name + " is missing");
    }
    if (origin == null) {
      invalid(name);
      return Origin.ACCOUNT;
    }
    return origin;
  }
}
