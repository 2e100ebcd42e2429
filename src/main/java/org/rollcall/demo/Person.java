package org.rollcall.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person of the association.
 *
 * @param role as the row contract names it
 * @param beneficiaryOf the person through whom this one belongs, or null
 * @param disabledIn the team in which the person does not take part for now, or null
 */
record Person(
    int id,
    String first,
    String last,
    @Nullable String email,
    @Nullable Integer company,
    String role,
    @Nullable Integer beneficiaryOf,
    boolean signsIn,
    String state,
    boolean noMarketing,
    List<String> teams,
    @Nullable String disabledIn) {

  static Person of(int id, String first, String last, @Nullable String email, String... teams) {
    return new Person(
        id, first, last, email, null, "member", null, false, "active", false, List.of(teams), null);
  }

  Person at(int newCompany, String newRole) {
    return new Person(
        id,
        first,
        last,
        email,
        newCompany,
        newRole,
        beneficiaryOf,
        signsIn,
        state,
        noMarketing,
        teams,
        disabledIn);
  }

  Person through(int main) {
    return new Person(
        id,
        first,
        last,
        email,
        company,
        role,
        main,
        signsIn,
        state,
        noMarketing,
        teams,
        disabledIn);
  }

  Person signingIn() {
    return new Person(
        id,
        first,
        last,
        email,
        company,
        role,
        beneficiaryOf,
        true,
        state,
        noMarketing,
        teams,
        disabledIn);
  }

  Person being(String newState, boolean newNoMarketing) {
    return new Person(
        id,
        first,
        last,
        email,
        company,
        role,
        beneficiaryOf,
        signsIn,
        newState,
        newNoMarketing,
        teams,
        disabledIn);
  }

  Person pausedIn(@Nullable String team) {
    return new Person(
        id,
        first,
        last,
        email,
        company,
        role,
        beneficiaryOf,
        signsIn,
        state,
        noMarketing,
        teams,
        team);
  }
}
