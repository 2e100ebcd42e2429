package org.rollcall.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes up everybody who has no name in the story; the same every time for the same seed. */
final class Population {
  private static final int FIRST_ID = 101;

  private final Random random;
  private final Names names;
  private final List<Company> companies = new ArrayList<>();
  private int nextPerson = FIRST_ID;

  Population(long seed) {
    this.random = new Random(seed);
    this.names = new Names(random);
  }

  void companies(int count, Consumer<Company> sink) {
    for (int i = 0; i < count; i++) {
      String name = names.company(i);
      Integer parent = i > 20 && chance(8) ? companies.get(random.nextInt(20)).id() : null;
      String email = chance(85) ? "info@" + names.companyDomain(name) : null;
      List<String> teams = List.of(Teams.ALL, Teams.CORPORATE);
      Company company = new Company(FIRST_ID + i, name, email, parent, teams);
      companies.add(company);
      sink.accept(company);
    }
  }

  /** One or two people for each company. */
  void contacts(Consumer<Person> sink) {
    for (Company company : companies) {
      sink.accept(contact(company, "primary_contact"));
      if (chance(50)) {
        sink.accept(contact(company, chance(60) ? "billing_contact" : "management"));
      }
    }
  }

  /** People on their own and families. */
  void people(int count, Consumer<Person> sink) {
    int end = nextPerson + count;
    while (nextPerson < end) {
      Person person = individual();
      sink.accept(person);
      if (chance(9)) {
        sink.accept(partner(person));
      } else if (chance(8)) {
        sink.accept(child(person));
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Every fifth contact of a company reads the company's own mailbox. */
  private Person contact(Company company, String role) {
    String first = names.first();
    String last = names.last();
    String email = chance(20) ? company.email() : address(first, last);
    return Person.of(nextPerson++, first, last, email, teams(Teams.CORPORATE))
        .at(company.id(), role)
        .being(state(), chance(3));
  }

  private Person individual() {
    String first = names.first();
    String last = names.last();
    String[] teams = teams(chance(12) ? Teams.STUDENT : Teams.INDIVIDUAL);
    Person person = Person.of(nextPerson++, first, last, address(first, last), teams);
    Person known = chance(70) ? person.signingIn() : person;
    return known.being(state(), chance(4)).pausedIn(chance(2) ? teams[teams.length - 1] : null);
  }

  /** Members both, one mailbox. */
  private Person partner(Person of) {
    String first = names.first();
    String email = chance(75) ? of.email() : address(first, of.last());
    return Person.of(nextPerson++, first, of.last(), email, teams(Teams.INDIVIDUAL));
  }

  private Person child(Person of) {
    String first = names.first();
    String email = chance(40) ? of.email() : address(first, of.last());
    return Person.of(nextPerson++, first, of.last(), email, Teams.ALL, Teams.FAMILY)
        .through(of.id());
  }

  private @Nullable String address(String first, String last) {
    int luck = random.nextInt(100);
    if (luck < 3) {
      return null;
    }
    return luck < 6 ? names.mistake(first, last) : names.address(first, last);
  }

  private String state() {
    return chance(4) ? "lapsed" : "active";
  }

  private String[] teams(String type) {
    List<String> teams = new ArrayList<>(List.of(Teams.ALL, type));
    if (chance(30)) {
      teams.add(chance(55) ? Teams.HARBOUR : Teams.HILLS);
    }
    if (chance(16)) {
      teams.add(names.any(Teams.FORUMS));
    }
    if (chance(1)) {
      teams.add(Teams.BOARD);
    }
    if (chance(3)) {
      teams.add(names.any(Teams.NAMES.subList(18, 20)));
    }
    return teams.toArray(String[]::new);
  }
}
