package org.rollcall.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every decision about one member, in order.
 *
 * @param name of the member, for people; null when none is known
 */
public record Explanation(String sync, String memberKey, @Nullable String name, List<Step> steps) {
  /**
   * One decision, or what it rests on.
   *
   * @param about such as {@code eligibility}
   * @param group null when it holds in every group
   */
  public record Step(String about, @Nullable String group, String text) {}
}
