package org.rollcall.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
  @ParameterizedTest
  @CsvSource({
    "PERSON, PRIMARY_CONTACT, 1",
    "COMPANY, PRIMARY_CONTACT, 1",
    "PERSON, BILLING_CONTACT, 2",
    "PERSON, MANAGEMENT, 3",
    "PERSON, MEMBER, 4",
    "COMPANY, MEMBER, 5",
    "COMPANY, MANAGEMENT, 3",
  })
  void role_goes_before_kind(Kind kind, Role role, int rank) {
    assertThat(WinnerRules.DEFAULT.rank(Standing.of(kind, role))).isEqualTo(rank);
  }

  @Test
  void signing_in_counts_among_management_contacts_and_other_persons_only() {
    assertThat(Standing.values())
        .filteredOn(WinnerRules.DEFAULT::countsLogin)
        .containsExactly(Standing.MANAGEMENT, Standing.MEMBER);
    assertThat(WinnerRules.DEFAULT.treeRanks()).containsExactly(1, 2);
  }

  @Test
  void what_is_asked_before_the_role_counts_for_everybody() {
    WinnerRules rules =
        WinnerRules.of(
            List.of("sign-in", "family-tree", "role"),
            List.of("company", "member", "management", "billing_contact", "primary_contact"));

    assertThat(Standing.values()).allMatch(rules::countsLogin);
    assertThat(rules.treeRanks()).containsExactly(1, 2, 3, 4, 5);
    assertThat(rules.rank(Standing.COMPANY)).isEqualTo(1);
    assertThat(rules.standing(1)).isEqualTo(Standing.COMPANY);
  }

  @Test
  void a_family_tree_that_is_not_asked_counts_for_nobody() {
    WinnerRules rules =
        WinnerRules.of(List.of("role", "name"), List.of("primary_contact", "member"));

    assertThat(rules.treeRanks()).isEmpty();
  }

  @Test
  void names_sort_by_last_name_then_first_name_and_missing_ones_last() {
    List<String> sorted =
        new ArrayList<>(
            List.of(
                person("Zoe", "Ash"),
                person("Ann", "ash"),
                person(null, "Ash"),
                person("Ann", "Ashby"),
                person("Ann", "\u00c9clair"),
                person("Ann", "\ud83d\ude00"),
                person("Ann", null)));
    List<String> expected =
        List.of(
            person("Ann", "Ash"),
            person("Zoe", "Ash"),
            person(null, "Ash"),
            person("Ann", "Ashby"),
            person("Ann", "\u00e9clair"),
            person("Ann", "\ud83d\ude00"),
            person("Ann", null));
    Collections.shuffle(sorted);

    sorted.sort((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));

    assertThat(sorted).isEqualTo(expected);
  }

  @Test
  void company_sorts_by_its_name_and_nameless_members_have_no_sort_name() {
    assertThat(SortName.of(Kind.COMPANY, "Ann", "Ash", "ACME\u0007 Ltd")).isEqualTo("acme ltd");
    assertThat(SortName.of(Kind.COMPANY, "Ann", "Ash", null)).isNull();
    assertThat(SortName.of(Kind.PERSON, null, null, "Acme")).isNull();
  }

  private static String person(@Nullable String first, @Nullable String last) {
    String name = SortName.of(Kind.PERSON, first, last, null);
    assertThat(name).isNotNull();
    return name;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
