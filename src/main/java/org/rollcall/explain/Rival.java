package org.rollcall.explain;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.WinnerRules;
import org.rollcall.member.WinnerRules.Criterion;

/** One row of an address that several members have, with what decides between them. */
record Rival(
    String address,
    String key,
    String group,
    @Nullable String name,
    int rank,
    int depth,
    boolean login,
    @Nullable String sortName,
    boolean groupWinner,
    boolean contactWinner) {

  String shown() {
    return name == null ? key : name + " (" + key + ")";
  }

  /** The first criterion in which the two differ, in words; this one is ahead of the other. */
  String aheadBy(Rival other, WinnerRules rules) {
    List<Criterion> order = rules.order();
    return order.stream()
        .filter(criterion -> differs(criterion, other))
        .findFirst()
        .map(criterion -> inWords(criterion, other, rules))
        .orElse("by key: equal in everything else that is compared");
  }

  private boolean differs(Criterion criterion, Rival other) {
    return switch (criterion) {
      case ROLE -> rank != other.rank;
      case FAMILY_TREE -> depth != other.depth;
      case SIGN_IN -> login != other.login;
      case NAME -> !Objects.equals(sortName, other.sortName);
      case KEY -> !key.equals(other.key);
    };
  }

  private String inWords(Criterion criterion, Rival other, WinnerRules rules) {
    return switch (criterion) {
      case ROLE ->
          "by role: %s before %s"
              .formatted(rules.standing(rank).text(), rules.standing(other.rank).text());
      case FAMILY_TREE ->
          "by family tree: stands higher (%d above it, the other has %d)"
              .formatted(depth, other.depth);
      case SIGN_IN -> "by sign-in: signs in with this address, the other does not";
      case NAME -> "by name: first in alphabetical order";
      case KEY -> "by key: equal in everything else that is compared";
    };
  }
}
