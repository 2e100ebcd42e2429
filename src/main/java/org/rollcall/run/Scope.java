package org.rollcall.run;

import org.jspecify.annotations.Nullable;

/**
 * How much of a sync a run may change.
 *
 * @param group only this group, or all when absent
 * @param member only the addresses of this member, or all when absent
 * @param dryRun plan, and send nothing
 * @param undoes the run to take back, absent when the source is to be followed
 */
public record Scope(
    @Nullable String group, @Nullable String member, boolean dryRun, @Nullable Long undoes) {
  public static final Scope ALL = new Scope(null, null, false);

  public Scope(@Nullable String group, @Nullable String member, boolean dryRun) {
    this(group, member, dryRun, null);
  }

  /** Takes a run back. */
  public static Scope undo(long run, boolean dryRun) {
    return new Scope(null, null, dryRun, run);
  }

  public boolean everything() {
    return group == null && member == null && undoes == null;
  }
}
