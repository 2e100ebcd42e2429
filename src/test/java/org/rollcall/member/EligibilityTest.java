package org.rollcall.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EligibilityTest {
  @Test
  void reasons_have_the_words_of_the_design() {
    assertThat(Reason.values())
        .extracting(Reason::text)
        .containsExactly(
            "no e-mail address",
            "invalid e-mail address",
            "marketing opt-out at the source",
            "shared address",
            "disabled in group",
            "inactive member",
            "membership kind not synchronised",
            "group not selected",
            "invalid e-mail address",
            "opened nothing for a long time",
            "opens mailings, or has not been sent any for long enough",
            "erased on request");
  }

  @Test
  void first_reason_in_the_order_of_the_design_is_told() {
    SyncRules rules = rules("Board", Set.of(Membership.PRIMARY));
    var nothingRight = new Wanted(null, true, false, false, Membership.BENEFICIARY);

    assertThat(nothingRight.in("Staff", rules).reason()).isEqualTo(Reason.NO_EMAIL_ADDRESS);
    assertThat(nothingRight.at("x").in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.INVALID_EMAIL_ADDRESS, "has no @"));
    assertThat(new Wanted("a@b.org", true, false, false, Membership.BENEFICIARY).in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.MARKETING_OPT_OUT, null));
    assertThat(
            new Wanted("a@b.org", false, false, false, Membership.BENEFICIARY).in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.DISABLED_IN_GROUP, null));
    assertThat(new Wanted("a@b.org", false, true, false, Membership.BENEFICIARY).in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.INACTIVE_MEMBER, null));
    assertThat(new Wanted("a@b.org", false, true, true, Membership.BENEFICIARY).in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.MEMBERSHIP_NOT_SYNCHRONISED, "beneficiaries"));
    assertThat(new Wanted("a@b.org", false, true, true, Membership.PRIMARY).in("Staff", rules))
        .isEqualTo(new Eligibility(Reason.GROUP_NOT_SELECTED, null));
    assertThat(new Wanted("a@b.org", false, true, true, Membership.PRIMARY).in("Board", rules))
        .satisfies(eligible -> assertThat(eligible.isEligible()).isTrue());
  }

  @Test
  void primary_members_are_named_when_only_beneficiaries_synchronise() {
    assertThat(
            new Wanted("a@b.org", false, true, true, Membership.PRIMARY)
                .in("Board", rules("*", Set.of(Membership.BENEFICIARY))))
        .isEqualTo(new Eligibility(Reason.MEMBERSHIP_NOT_SYNCHRONISED, "primary members"));
  }

  @Test
  void row_without_a_group_belongs_to_the_only_list_or_to_none() {
    assertThat(rules("*", Set.of()).groupOfNone()).isEmpty();
    assertThat(
            new SyncRules("s", GroupSelection.of("*"), Set.of(), "All", ZoneOffset.UTC)
                .groupOfNone())
        .isEqualTo("All");
    assertThat(
            new Wanted("a@b.org", false, true, true, Membership.PRIMARY)
                .in("", rules("*", Set.of(Membership.PRIMARY))))
        .isEqualTo(new Eligibility(Reason.GROUP_NOT_SELECTED, "the source row names no group"));
  }

  @ParameterizedTest
  @CsvSource({
    "*, Board, true",
    "Board, board, true",
    "Board, Boards, false",
    "'Board, Comm*', Committee A, true",
    "'Board, Comm*', A Committee, false",
    "*mittee*, Committee A, true",
    "a*b*c, aXbYc, true",
    "a*b*c, aXcYb, false",
    "a.c, abc, false",
    "(board), (Board), true",
    "STRASSE, Straße, true",
    "IZMIR, izmir, true",
  })
  void groups_are_selected_by_name_or_pattern(String patterns, String group, boolean selected) {
    assertThat(GroupSelection.of(patterns).selects(group)).isEqualTo(selected);
  }

  @Test
  void decision_of_the_staff_goes_before_the_patterns() {
    GroupSelection selection =
        GroupSelection.of(List.of("Comm*"), Map.of("committee b", false, "Board", true));

    assertThat(selection.selects("Committee A")).isTrue();
    assertThat(selection.selects("Committee B")).isFalse();
    assertThat(selection.selects("BOARD")).isTrue();
  }

  private static SyncRules rules(String groups, Set<Membership> memberships) {
    return new SyncRules(
        "chamber", GroupSelection.of(groups), memberships, "${group}", ZoneOffset.UTC);
  }

  private record Wanted(
      String email, boolean optedOut, boolean enabled, boolean active, Membership membership) {
    Wanted at(String other) {
      return new Wanted(other, optedOut, enabled, active, membership);
    }

    Eligibility in(String group, SyncRules rules) {
      return Eligibility.of(
          new Eligibility.OfMember(
              EmailAddress.normalise(email), optedOut, enabled, active, membership),
          group,
          rules);
    }
  }
}
