package org.rollcall.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rollcall.settings.MaxRemovals;

/** Whether removals must wait for a person, as a sentence for that person. */
final class Verdict {
  private Verdict() {}

  /**
   * @param emptyRead the source gave no row at all although it did before (invariant 3)
   */
  static Optional<String> on(List<ListRemovals> lists, MaxRemovals limit, boolean emptyRead) {
    long removals = lists.stream().mapToLong(ListRemovals::removals).sum();
    long memberships = lists.stream().mapToLong(ListRemovals::memberships).sum();
    if (removals == 0) {
      return Optional.empty();
    }
    if (emptyRead) {
      return Optional.of(
          "the source gave no member at all, but gave some before; "
              + share(removals, memberships));
    }
    for (ListRemovals list : lists) {
      if (limit.exceededBy(list.removals(), list.memberships())) {
        return Optional.of(
            "list \"%s\": %s, more than the %s allowed"
                .formatted(list.list(), share(list.removals(), list.memberships()), limit));
      }
    }
    return limit.exceededBy(removals, memberships)
        ? Optional.of(
            "the account: %s, more than the %s allowed"
                .formatted(share(removals, memberships), limit))
        : Optional.empty();
  }

  private static String share(long removals, long memberships) {
    return String.format(
        Locale.ENGLISH, "%,d of %,d memberships would be removed", removals, memberships);
  }
}
