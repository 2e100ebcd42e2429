package org.rollcall.choice;

import org.jspecify.annotations.Nullable;
import org.rollcall.plan.Plan;
import org.rollcall.run.Counts;

/**
 * What the next run would do, as it is and with another choice, if the source stays as it is.
 *
 * @param selected what would be chosen
 * @param onList how many memberships of ours the group's list has now; of a group that is
 *     deselected they stay as they are, and nothing is kept up to date there any more
 */
public record Preview(String group, boolean selected, long onList, Effect asItIs, Effect then) {
  /**
   * What a plan would do.
   *
   * @param members once per group, of the whole sync
   * @param requests provider calls, polling included once per job
   * @param held why the guard would hold removals; null when it would not
   */
  public record Effect(
      long members,
      long eligible,
      long createContact,
      long updateContact,
      long addToList,
      long removeFromList,
      long requests,
      @Nullable String held) {
    static Effect of(Plan plan) {
      Counts counts = plan.run().counts();
      return new Effect(
          counts.members,
          counts.eligible,
          counts.createContact,
          counts.updateContact,
          counts.addToList,
          counts.removeFromList,
          plan.forecast().calls(),
          plan.run().held());
    }
  }
}
