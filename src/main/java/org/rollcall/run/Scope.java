package org.rollcall.run;

import org.jspecify.annotations.Nullable;

/**
 * How much of a sync a run may change.
 *
 * @param group only this group, or all when absent
 * @param member only the addresses of this member, or all when absent
 * @param dryRun plan, and send nothing
 */
public record Scope(@Nullable String group, @Nullable String member, boolean dryRun) {
  public static final Scope ALL = new Scope(null, null, false);

  public boolean everything() {
    return group == null && member == null;
  }
}
