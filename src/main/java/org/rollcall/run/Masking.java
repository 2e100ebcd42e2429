package org.rollcall.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.regex.Pattern;

/** Shows what a dead letter holds without showing whose it is: keys and kinds, no personal data. */
public final class Masking {
  private static final String MASK = "•••";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ADDRESS = Pattern.compile("[^\\s\"<>(),;:]+@[^\\s\"<>(),;]+");
  private static final Pattern WORD = Pattern.compile("\\S+");

  /** What stands under these names says nothing about a person beyond their key. */
  private static final Set<String> PLAIN =
      Set.of(
          "id",
          "opt_out_id",
          "member_key",
          "sync",
          "account",
          "what",
          "kind",
          "system",
          "at",
          "seen_at",
          "group",
          "list",
          "lists",
          "campaign_id",
          "mailing_id",
          "campaign",
          "device",
          "bounce_code",
          "drop",
          "dropFile",
          "file",
          "digest",
          "rows",
          "refused",
          "first",
          "former_kind");

  /** Kinds whose payload is the name of a list or a column, or a number of ours. */
  private static final Set<String> IMPERSONAL = Set.of("list", "field", "resubscribe");

  private Masking() {}

  /** A sentence with every address in it masked. */
  public static String sentence(String text) {
    return ADDRESS.matcher(text).replaceAll(match -> masked(match.group()));
  }

  /**
   * @param kind of the dead letter
   */
  public static String payload(String kind, String payload) {
    if (IMPERSONAL.contains(kind)) {
      return sentence(payload);
    }
    try {
      JsonNode node = JSON.readTree(payload);
      if (node != null && node.isContainerNode()) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(masked(node, false));
      }
    } catch (JsonProcessingException e) {
      // then it is no JSON, and every word of it may be somebody's
    }
    return WORD.matcher(payload).replaceAll(match -> masked(match.group()));
  }

  private static JsonNode masked(JsonNode node, boolean plain) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              field ->
                  result.set(
                      field.getKey(), masked(field.getValue(), PLAIN.contains(field.getKey()))));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> result.add(masked(item, plain)));
      return result;
    }
    if (node.isNull() || plain) {
      return node.isTextual() ? TextNode.valueOf(sentence(node.asText())) : node;
    }
    return TextNode.valueOf(masked(node.asText()));
  }

  private static String masked(String word) {
    return word.isEmpty()
        ? ""
        : word.substring(0, word.offsetByCodePoints(0, 1)) + MASK + (word.contains("@") ? "@" : "");
  }
}
