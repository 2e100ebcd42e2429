package org.rollcall.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The opaque value of a next link: the first query, base64, with the position to go on from.
 *
 * @param query as it was asked first
 * @param next the position
 * @param count what {@code include_count} found on the first page, -1 without
 */
record Cursor(Map<String, List<String>> query, int next, int count) {

  static Cursor first(Map<String, List<String>> query) {
    return new Cursor(query, 0, -1);
  }

  static Cursor parse(String text) {
    try {
      String plain = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
      Map<String, List<String>> query = new LinkedHashMap<>(Call.parse(plain));
      int next = number(query.remove("next"));
      int count = query.containsKey("count") ? number(query.remove("count")) : -1;
      return new Cursor(query, next, count);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("cursor does not have a valid value");
    }
  }

  private static int number(List<String> values) {
    if (values == null) {
      throw new IllegalArgumentException("no position");
    }
    return Integer.parseInt(values.get(0));
  }

  /** The path-relative link to the page that begins at a position. */
  String link(String path, int position, int total) {
    List<String> pairs = new ArrayList<>();
    query.forEach(
        (name, values) -> values.forEach(value -> pairs.add(encode(name) + "=" + encode(value))));
    pairs.add("next=" + position);
    if (total >= 0) {
      pairs.add("count=" + total);
    }
    byte[] plain = String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
    return path + "?cursor=" + encode(Base64.getEncoder().encodeToString(plain));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
