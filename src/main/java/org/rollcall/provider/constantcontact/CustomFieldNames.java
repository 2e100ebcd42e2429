package org.rollcall.provider.constantcontact;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the service calls a custom field. The name is made by the service from the label and is not
 * to be guessed, so it is read back.
 */
final class CustomFieldNames {
  private final Map<String, String> byLabel = new ConcurrentHashMap<>();

  void put(String label, String name) {
    byLabel.put(key(label), name);
    byLabel.putIfAbsent(key(name), name);
  }

  /** The service's name for a column of the source, or null when it has no such field. */
  @Nullable String of(String column) {
    return byLabel.get(key(column));
  }

  private static String key(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
  }
}
