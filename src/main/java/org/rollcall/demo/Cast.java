package org.rollcall.demo;

import java.util.List;

/** The members the demo tells about by name: one for every fate. */
final class Cast {
  static final int HOLDING = 1;
  static final int SUBSIDIARY = 2;
  static final int ANALYTICS = 3;

  static final int MOVES_ADDRESS = 2;
  static final int TICKS_OPT_OUT = 7;
  static final int UNSUBSCRIBES = 8;
  static final int LEAVES = 14;
  static final int JOINS = 15;
  static final int IS_DELETED = 16;
  static final int MARRIES = 20;

  static final String UNSUBSCRIBER = "grace.walsh@citynet.example";
  static final String DELETED = "emma.fischer@citynet.example";
  static final String OLD_ADDRESS = "juergen.mueller@fastbox.example";
  static final String NEW_ADDRESS = "mueller@lakepost.example";

  /** Reads the newsletter. */
  static final String READER = "xiaolong.li@harbourmail.example";

  static final String READER_KEY = "P3";
  static final String READER_NAME = "小龙 李";

  /** On the list of the board by the hand of staff, and no member at all. */
  static final String GUEST = "patron@foundation.example";

  private Cast() {}

  static final Person JOINER =
      Person.of(JOINS, "Vera", "Lindqvist", "vera@lakepost.example", Teams.ALL, Teams.EVENTS);

  static List<Company> companies() {
    return List.of(
        new Company(
            HOLDING,
            "Northgate Holding",
            "office@northgate.example",
            null,
            List.of(Teams.ALL, Teams.CORPORATE)),
        new Company(
            SUBSIDIARY,
            "Northgate Logistics",
            "office@northgate.example",
            HOLDING,
            List.of(Teams.ALL, Teams.CORPORATE)),
        new Company(
            ANALYTICS,
            "=SUM(A1:A9) Analytics",
            "info@analytics.example",
            null,
            List.of(Teams.ALL, Teams.CORPORATE)));
  }

  static List<Person> people() {
    return List.of(
        Person.of(1, "Siobhán", "O'Brien", "siobhan@lakepost.example", Teams.ALL, Teams.EVENTS),
        Person.of(MOVES_ADDRESS, "Jürgen", "Müller", OLD_ADDRESS, Teams.ALL, Teams.HILLS),
        Person.of(3, "小龙", "李", READER, Teams.ALL, Teams.HARBOUR),
        Person.of(4, "Marta", "Novák", "novak.family@citynet.example", Teams.ALL).signingIn(),
        Person.of(5, "Adam", "Novák", "Novak.Family@citynet.example ", Teams.ALL, Teams.EVENTS),
        Person.of(6, "Zoë 🌻", "Dubois", "zoe@unimail.example", Teams.ALL, Teams.AMBASSADORS),
        Person.of(TICKS_OPT_OUT, "Ahmet", "Çelik", "celik@fastbox.example", Teams.ALL),
        Person.of(UNSUBSCRIBES, "Grace", "Walsh", UNSUBSCRIBER, Teams.ALL, Teams.HARBOUR),
        Person.of(9, "Tara", "Quinn", "tara@lakepost.example; quinn@citynet.example", Teams.ALL),
        Person.of(10, "Ida", "Larsen", "ida@lakepost.example", Teams.ALL, Teams.FAMILY).through(11),
        Person.of(11, "Nils", "Larsen", "nils@lakepost.example", Teams.ALL),
        Person.of(12, "Walter", "Petrov", "walter@citynet.example", Teams.ALL, Teams.AMBASSADORS)
            .pausedIn(Teams.AMBASSADORS),
        Person.of(13, "Olga", "Ivanova", "olga@citynet.example", Teams.ALL).being("lapsed", false),
        Person.of(LEAVES, "Samuel", "Okafor", "samuel@unimail.example", Teams.ALL),
        Person.of(IS_DELETED, "Emma", "Fischer", DELETED, Teams.ALL),
        Person.of(17, "Helga", "Groß", "office@northgate.example", Teams.ALL, Teams.CORPORATE)
            .at(HOLDING, "primary_contact"),
        Person.of(18, "Adam", "Bakker", "office@northgate.example", Teams.ALL, Teams.CORPORATE)
            .at(SUBSIDIARY, "primary_contact"),
        Person.of(19, "Priya", "Singh", "info@analytics.example", Teams.ALL, Teams.CORPORATE)
            .at(ANALYTICS, "billing_contact"),
        Person.of(MARRIES, "Yuki", "Tanaka", "yuki@harbourmail.example", Teams.ALL));
  }
}
