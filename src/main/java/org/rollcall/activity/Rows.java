package org.rollcall.activity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.SeenActivity;

/**
 * The rows of one page, each with its number among equal ones. Equal rows within a page are as many
 * events. Equal rows on both sides of a page's border are two events, or one that was shifted to
 * the next page by news: that is for the caller to find out.
 */
final class Rows {
  private final List<SeenActivity> kept = new ArrayList<>();
  private final List<Integer> nths = new ArrayList<>();

  private record Key(String contact, Instant at, @Nullable String link) {
    static Key of(SeenActivity row) {
      return new Key(row.contactId(), row.at(), row.linkId());
    }
  }

  /**
   * @param before the page before, when its last rows are known to be others than the first ones of
   *     this page; else empty
   * @param wanted the others are left out, but count
   */
  Rows(List<SeenActivity> page, List<SeenActivity> before, Predicate<SeenActivity> wanted) {
    Map<Key, Integer> seen = new HashMap<>();
    if (!before.isEmpty()) {
      Instant border = before.get(before.size() - 1).at();
      before.stream()
          .filter(row -> row.at().equals(border))
          .forEach(row -> seen.merge(Key.of(row), 1, Integer::sum));
    }
    for (SeenActivity row : page) {
      int nth = seen.merge(Key.of(row), 1, Integer::sum);
      if (wanted.test(row)) {
        kept.add(row);
        nths.add(nth);
      }
    }
  }

  /** Whether a row of this page equals one of the page before in all that makes its key. */
  static boolean touch(List<SeenActivity> before, List<SeenActivity> page) {
    if (before.isEmpty() || page.isEmpty()) {
      return false;
    }
    Instant border = before.get(before.size() - 1).at();
    List<Key> last = before.stream().filter(row -> row.at().equals(border)).map(Key::of).toList();
    return page.stream()
        .filter(row -> row.at().equals(border))
        .map(Key::of)
        .anyMatch(last::contains);
  }

  /** Whether this page begins with the end of the page before, so that there is no doubt. */
  static boolean shifted(List<SeenActivity> before, List<SeenActivity> page) {
    int most = Math.min(before.size(), page.size());
    for (int length = most; length > 1; length--) {
      List<SeenActivity> end = before.subList(before.size() - length, before.size());
      if (end.equals(page.subList(0, length)) && end.stream().distinct().count() > 1) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  List<Instant> times() {
    return kept.stream().map(SeenActivity::at).toList();
  }

  @Nullable String[] texts(Function<SeenActivity, @Nullable String> column) {
    return kept.stream().map(column).toArray(String[]::new);
  }

  String[] nths() {
    return nths.stream().map(String::valueOf).toArray(String[]::new);
  }
}
