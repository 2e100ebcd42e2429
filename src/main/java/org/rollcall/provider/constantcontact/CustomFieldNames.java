package org.rollcall.provider.constantcontact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.constantcontact.ConstantContact.CustomField;

/**
 * What the service calls a custom field. The name is made by the service from the label and is not
 * to be guessed, so it is read back.
 */
final class CustomFieldNames {
  private final Map<String, CustomField> byLabel = new ConcurrentHashMap<>();

  void put(CustomField field) {
    byLabel.put(key(field.label()), field);
    byLabel.putIfAbsent(key(field.name()), field);
  }

  /** The service's name for a column of the source, or null when it has no such field. */
  @Nullable String of(String column) {
    CustomField field = byLabel.get(key(column));
    return field == null ? null : field.name();
  }

  /**
   * @param field as the hub calls it, {@code cf:COLUMN}
   */
  @Nullable String idOf(String field) {
    CustomField found = field.startsWith("cf:") ? byLabel.get(key(field.substring(3))) : null;
    return found == null ? null : found.id();
  }

  /** What a column may be called to go into this field, with case and separators made equal. */
  List<String> namesOf(String id) {
    return byLabel.entrySet().stream()
        .filter(known -> known.getValue().id().equals(id))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String key(String label) {
    return label.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
  }
}
