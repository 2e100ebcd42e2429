package org.rollcall.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back: either bytes of known length or a stream. */
record Answer(int status, Map<String, String> headers, byte[] body, @Nullable Streaming streaming) {

  interface Streaming {
    void write(OutputStream out) throws IOException;
  }

  private static final byte[] NOTHING = {};

  static Answer json(int status, Object value) {
    return json(status, Json.bytes(value));
  }

  static Answer json(int status, byte[] body) {
    return of(status, "application/json", body);
  }

  static Answer empty(int status) {
    return new Answer(status, Map.of(), NOTHING, null);
  }

  static Answer html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  static Answer redirect(String location) {
    return new Answer(302, Map.of("Location", location), NOTHING, null);
  }

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, Map.of("Content-Type", contentType), body, null);
  }

  static Answer stream(String contentType, Streaming streaming) {
    return new Answer(200, Map.of("Content-Type", contentType), NOTHING, streaming);
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body, streaming);
  }

  /** The gateway's own form: a bare object. */
  static Answer gateway(int status, String key, String message) {
    return json(status, Json.object("error_key", key, "error_message", message));
  }

  static Answer oauth(int status, String error, String description) {
    return json(status, Json.object("error", error, "error_description", description));
  }
}
