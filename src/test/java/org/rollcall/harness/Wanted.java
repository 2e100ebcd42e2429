package org.rollcall.harness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the provider must hold for these source rows, worked out from the design alone: who is
 * eligible, who wins each address, and on which lists the address belongs.
 */
public final class Wanted {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");
  private static final int DEEPEST = 50;

  /** One contact: the row whose fields it carries, and its lists. */
  public record Contact(SourceRow winner, Set<String> lists) {}

  private final Map<String, Contact> contacts = new TreeMap<>();
  private final Map<String, String> parents = new HashMap<>();

  private Wanted() {}

  public static Wanted of(Collection<SourceRow> rows) {
    return of(rows, group -> true);
  }

  /** The rows as they count: who opts out in one of them does so in all. */
  static List<SourceRow> counted(Collection<SourceRow> rows) {
    Set<String> optedOut = new HashSet<>();
    rows.stream().filter(SourceRow::optedOut).forEach(row -> optedOut.add(row.key()));
    return rows.stream()
        .map(row -> optedOut.contains(row.key()) ? row.withOptOut(true) : row)
        .toList();
  }

  public static Wanted of(Collection<SourceRow> given, Predicate<String> selected) {
    List<SourceRow> rows = counted(given);
    Wanted wanted = new Wanted();
    rows.stream()
        .sorted(Comparator.comparing(SourceRow::group))
        .filter(row -> row.parent() != null)
        .forEach(row -> wanted.parents.putIfAbsent(row.key(), row.parent()));
    Map<String, List<SourceRow>> byAddress = new TreeMap<>();
    for (SourceRow row : rows) {
      if (eligible(row) && selected.test(row.group())) {
        byAddress.computeIfAbsent(address(row), address -> new ArrayList<>()).add(row);
      }
    }
    byAddress.forEach(
        (address, rivals) -> {
          Set<String> lists = new TreeSet<>();
          rivals.forEach(rival -> lists.add(rival.group()));
          wanted.contacts.put(address, new Contact(wanted.best(rivals), lists));
        });
    return wanted;
  }

  public Map<String, Contact> contacts() {
    return contacts;
  }

  public Set<String> listsOf(@Nullable String address) {
    Contact contact = address == null ? null : contacts.get(address);
    return contact == null ? Set.of() : contact.lists();
  }

  public static boolean eligible(SourceRow row) {
    return row.email() != null
        && ADDRESS.matcher(row.email().strip()).matches()
        && !row.optedOut()
        && row.enabled()
        && row.status().equalsIgnoreCase("active");
  }

  public static String address(SourceRow row) {
    return String.valueOf(row.email()).strip().toLowerCase(Locale.ROOT);
  }

  /** The best-ranked of rows that share one address. */
  SourceRow best(List<SourceRow> rivals) {
    return rivals.stream()
        .min(
            Comparator.comparingInt(Wanted::rank)
                .thenComparingInt(this::depthIfItCounts)
                .thenComparing(row -> signInCounts(row) && row.login() ? 0 : 1)
                .thenComparing(Wanted::sortName)
                .thenComparing(SourceRow::key)
                .thenComparing(SourceRow::group))
        .orElseThrow();
  }

  private static int rank(SourceRow row) {
    if (row.role() == null || row.role().equals("member")) {
      return row.kind().equals("company") ? 5 : 4;
    }
    return List.of("primary_contact", "billing_contact", "management").indexOf(row.role()) + 1;
  }

  private int depthIfItCounts(SourceRow row) {
    if (rank(row) > 2) {
      return 0;
    }
    int depth = 0;
    String parent = row.parent();
    while (parent != null && depth < DEEPEST) {
      depth++;
      parent = parents.get(parent);
    }
    return depth;
  }

  private static boolean signInCounts(SourceRow row) {
    return rank(row) == 3 || rank(row) == 4;
  }

  /** Missing names sort last. */
  private static String sortName(SourceRow row) {
    if (row.kind().equals("company")) {
      return part(row.companyName());
    }
    return part(row.lastName()) + '\u0001' + part(row.firstName());
  }

  private static String part(@Nullable String name) {
    return name == null ? "\uffff" : name.toLowerCase(Locale.ROOT);
  }
}
