package org.rollcall.erasure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the hub holds about one person.
 *
 * @param tables the rows of every table that has some, as JSON arrays
 * @param before an erasure of the same person that holds already
 */
public record Dossier(
    Person person, Map<String, String> tables, List<Remains> remains, @Nullable Before before) {
  /** An erasure that holds. */
  public record Before(Instant at, boolean optedOut) {}

  /** Whether nothing is left to be erased: a member who was erased has a row with its key only. */
  public boolean empty() {
    return tables.isEmpty()
        || (before != null
            && person.addresses().isEmpty()
            && tables.keySet().stream().allMatch(Dossier::bare));
  }

  private static boolean bare(String table) {
    return table.equals("member") || table.startsWith("staged_");
  }
}
