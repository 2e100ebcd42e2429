package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/**
 * Whether a member of a group may be on its list, as far as the row itself knows.
 *
 * @param reason why not; null when the member is eligible
 * @param detail what staff need to know beside the reason
 */
public record Eligibility(@Nullable Reason reason, @Nullable String detail) {
  private static final Eligibility ELIGIBLE = new Eligibility(null, null);
  private static final Eligibility NO_ADDRESS = new Eligibility(Reason.NO_EMAIL_ADDRESS, null);
  private static final Eligibility OPTED_OUT = new Eligibility(Reason.MARKETING_OPT_OUT, null);
  private static final Eligibility DISABLED = new Eligibility(Reason.DISABLED_IN_GROUP, null);
  private static final Eligibility INACTIVE = new Eligibility(Reason.INACTIVE_MEMBER, null);
  private static final Eligibility NO_GROUP =
      new Eligibility(Reason.GROUP_NOT_SELECTED, "the source row names no group");
  private static final Eligibility NOT_SELECTED = new Eligibility(Reason.GROUP_NOT_SELECTED, null);

  /** What holds in every group of the row. */
  public record OfMember(
      EmailAddress.Result address,
      boolean optedOut,
      boolean enabled,
      boolean active,
      Membership membership) {
    public static OfMember of(Row row) {
      return new OfMember(
          EmailAddress.normalise(row.rawEmail()),
          row.optedOut(),
          row.enabled(),
          row.active(),
          row.membership());
    }
  }

  public boolean isEligible() {
    return reason == null;
  }

  /** The first reason against, in the order in which staff are told. */
  public static Eligibility of(OfMember member, String group, SyncRules rules) {
    if (member.address() instanceof EmailAddress.Result.Missing) {
      return NO_ADDRESS;
    }
    if (member.address() instanceof EmailAddress.Result.Invalid invalid) {
      return new Eligibility(Reason.INVALID_EMAIL_ADDRESS, invalid.why());
    }
    if (member.optedOut()) {
      return OPTED_OUT;
    }
    if (!member.enabled() && rules.conditions().contains(Condition.ENABLED)) {
      return DISABLED;
    }
    Eligibility anywhere = behindEnabled(member, rules);
    if (!anywhere.isEligible()) {
      return anywhere;
    }
    if (group.isEmpty()) {
      return NO_GROUP;
    }
    return rules.groups().selects(group) ? ELIGIBLE : NOT_SELECTED;
  }

  /**
   * What else stands against a member who is disabled in a group, and would in any other; null when
   * nothing does, or the member is not disabled.
   *
   * @param inGroup what was decided for the group
   */
  public static @Nullable Reason elsewhere(Eligibility inGroup, OfMember member, SyncRules rules) {
    return inGroup.reason() == Reason.DISABLED_IN_GROUP
        ? behindEnabled(member, rules).reason()
        : null;
  }

  private static Eligibility behindEnabled(OfMember member, SyncRules rules) {
    if (!member.active() && rules.conditions().contains(Condition.ACTIVE)) {
      return INACTIVE;
    }
    if (rules.conditions().contains(Condition.MEMBERSHIP)
        && !rules.memberships().contains(member.membership())) {
      return new Eligibility(Reason.MEMBERSHIP_NOT_SYNCHRONISED, member.membership().plural());
    }
    return ELIGIBLE;
  }
}
