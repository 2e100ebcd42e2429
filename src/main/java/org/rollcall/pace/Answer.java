package org.rollcall.pace;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back, whole.
 *
 * @param headers by name in any case; of several with one name the last
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  public Answer {
    TreeMap<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean successful() {
    return status >= 200 && status < 300;
  }

  @Override
  public String toString() {
    return "answer with status " + status + " and " + body.length + " bytes";
  }
}
