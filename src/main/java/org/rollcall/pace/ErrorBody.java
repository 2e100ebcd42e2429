package org.rollcall.pace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about a failure. Constant Contact alone has four shapes (an array, a bare
 * object at the gateway, OAuth's, and {@code errors} inside), others follow RFC 9457.
 *
 * @param json whether it was JSON at all, and not a page or a text of something in between
 * @param array whether it was a JSON array: the gateway's own refusals never are
 * @param keys the provider's words for machines
 * @param messages the provider's words for people; may hold addresses
 */
record ErrorBody(boolean json, boolean array, List<String> keys, List<String> messages) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\"'<>,;:()]+(@|%40)[^\\s\"'<>,;()]+");

  /** Longer than any UUID, so that ids survive and tokens do not. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_\\-.+/=]{40,}");

  private static final int LONGEST = 300;

  static ErrorBody of(byte[] body) {
    JsonNode root = parse(body);
    if (root == null || !root.isContainerNode()) {
      return new ErrorBody(false, false, List.of(), List.of());
    }
    List<String> keys = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    collect(root, keys, messages);
    return new ErrorBody(true, root.isArray(), keys, messages);
  }

  /**
   * The messages as one text that may be logged: without addresses and tokens, and not too long.
   */
  String masked() {
    return mask(String.join("; ", messages.isEmpty() ? keys : messages));
  }

  boolean says(String key) {
    return keys.contains(key);
  }

  boolean saysQueue() {
    return messages.stream()
        .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains("queue"));
  }

  static String mask(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ");
    plain = ADDRESS.matcher(plain).replaceAll("(address)");
    plain = TOKEN.matcher(plain).replaceAll("***").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }

  private static @Nullable JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      throw new AssertionError("an array in memory does not fail", e);
    }
  }

  private static void collect(JsonNode node, List<String> keys, List<String> messages) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, keys, messages));
    } else if (node.isTextual()) {
      messages.add(node.textValue());
    } else if (node.isObject()) {
      add(node, keys, "error_key", "error", "errorCode", "title");
      add(
          node,
          messages,
          "error_message",
          "error_description",
          "errorSummary",
          "detail",
          "message");
      collect(node.path("errors"), keys, messages);
    }
  }

  private static void add(JsonNode node, List<String> words, String... fields) {
    for (String field : fields) {
      if (node.path(field).isTextual()) {
        words.add(node.path(field).textValue());
      }
    }
  }
}
