package org.rollcall.member;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Who wins an address: members are compared by one criterion after the other until one of them is
 * ahead; the key always decides last, so that the result never flickers.
 *
 * @param order the criteria in the order in which they are asked
 * @param roles every standing, the one that wins first
 */
public record WinnerRules(List<Criterion> order, List<Standing> roles) {
  /** The design's order. */
  public static final WinnerRules DEFAULT =
      new WinnerRules(List.of(Criterion.values()), List.of(Standing.values()));

  /** By what two members are compared. */
  public enum Criterion {
    ROLE,
    FAMILY_TREE,
    SIGN_IN,
    NAME,
    KEY
  }

  public WinnerRules {
    order = List.copyOf(order);
    roles = List.copyOf(roles);
  }

  /** From the words of the settings. */
  public static WinnerRules of(List<String> order, List<String> roles) {
    return new WinnerRules(
        order.stream()
            .map(word -> Criterion.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
            .toList(),
        roles.stream().map(word -> Standing.valueOf(word.toUpperCase(Locale.ROOT))).toList());
  }

  /** The rank from 1 (wins) to 5. */
  public int rank(Standing standing) {
    return roles.indexOf(standing) + 1;
  }

  public Standing standing(int rank) {
    return roles.get(rank - 1);
  }

  /**
   * Whether signing in counts for such a member. Asked after the role, it decides only among
   * management contacts and among other persons; asked before, or without it, among all.
   */
  public boolean countsLogin(Standing standing) {
    return standing.countsLogin() || !afterRole(Criterion.SIGN_IN);
  }

  /**
   * The ranks for which the family tree counts: primary and billing contacts when it is asked after
   * the role, else all; none when it is not asked.
   */
  public int[] treeRanks() {
    if (!order.contains(Criterion.FAMILY_TREE)) {
      return new int[0];
    }
    boolean all = !afterRole(Criterion.FAMILY_TREE);
    return Arrays.stream(Standing.values())
        .filter(standing -> all || standing.countsTree())
        .mapToInt(this::rank)
        .sorted()
        .toArray();
  }

  private boolean afterRole(Criterion criterion) {
    int role = order.indexOf(Criterion.ROLE);
    return role >= 0 && role < order.indexOf(criterion);
  }
}
