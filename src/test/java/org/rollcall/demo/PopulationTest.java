package org.rollcall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.member.EmailAddress;

class PopulationTest {
  @Test
  void the_same_seed_makes_up_the_same_people() {
    assertThat(people(1)).isEqualTo(people(1)).isNotEqualTo(people(2));
  }

  @Test
  void people_have_addresses_that_work_in_no_real_network() {
    assertThat(people(1))
        .extracting(Person::email)
        .filteredOn(email -> EmailAddress.normalise(email) instanceof EmailAddress.Result.Valid)
        .hasSizeGreaterThan(4_000)
        .allMatch(email -> email.endsWith(".example"));
  }

  @Test
  void every_mistake_in_an_address_is_one() {
    assertThat(Names.MISTAKES)
        .map(mistake -> EmailAddress.normalise(mistake.replace("%s", "anna.adams")))
        .allMatch(EmailAddress.Result.Invalid.class::isInstance);
  }

  private static List<Person> people(long seed) {
    Population population = new Population(seed);
    List<Person> people = new ArrayList<>();
    population.companies(100, company -> {});
    population.contacts(people::add);
    population.people(4_500, people::add);
    return people;
  }
}
