package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on its way through the stand-in. */
final class Call {
  final String method;
  final String path;
  final @Nullable String rawQuery;
  final Map<String, List<String>> query;
  final Map<String, String> headers;
  final byte[] body;

  @Nullable String clientId;
  @Nullable Grant grant;
  @Nullable Fault fault;
  @Nullable String note;

  /** The parts of the path that matched placeholders, in order. */
  List<String> variables = List.of();

  Call(
      String method,
      String path,
      @Nullable String rawQuery,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.rawQuery = rawQuery;
    this.query = parse(rawQuery);
    this.headers = headers;
    this.body = body;
  }

  static Map<String, List<String>> parse(@Nullable String form) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (form == null || form.isEmpty()) {
      return values;
    }
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("the query is not properly encoded");
    }
  }

  Account account() {
    if (grant == null) {
      throw new IllegalStateException("a call without a grant");
    }
    return grant.account();
  }

  Store store() {
    return account().store();
  }

  String variable() {
    return variables.get(0);
  }

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  boolean flag(String name) {
    String value = parameter(name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw Refusal.invalid(name + " does not have a valid value");
    }
    return "true".equals(value);
  }

  /** A page size; beyond the maximum it is a fault or cut, as the rules say. */
  int limit(int preset, int maximum, boolean clip) {
    String text = parameter("limit");
    if (text == null) {
      return preset;
    }
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("limit does not have a valid value");
    }
    if (value < 1 || value > maximum && !clip) {
      throw Refusal.invalid("limit must be between 1 and " + maximum);
    }
    return Math.min(value, maximum);
  }

  JsonNode json() {
    requireJson();
    return Json.parse(body);
  }

  void requireJson() {
    String type = header("content-type");
    if (type == null || !type.toLowerCase(java.util.Locale.ROOT).startsWith("application/json")) {
      throw new Refusal(
          415, "contacts.api.unsupported_media_type", "Content-Type must be application/json");
    }
  }
}
