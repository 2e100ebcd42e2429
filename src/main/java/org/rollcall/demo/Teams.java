package org.rollcall.demo;

import java.util.List;

/** The groups of the association: its membership types, committees, forums and chapters. */
final class Teams {
  static final String ALL = "All Members";
  static final String CORPORATE = "Corporate Members";
  static final String INDIVIDUAL = "Individual Members";
  static final String STUDENT = "Student Members";
  static final String FAMILY = "Family Members";
  static final String BOARD = "Board";
  static final String EVENTS = "Events Committee";
  static final String AMBASSADORS = "Ambassadors";
  static final String HARBOUR = "Harbour Chapter";
  static final String HILLS = "Hills Chapter";

  static final List<String> FORUMS =
      List.of(
          "Finance Committee",
          EVENTS,
          "Membership Committee",
          "Young Professionals",
          "Women in Business",
          "Exporters Forum",
          AMBASSADORS,
          "Past Presidents",
          "Sustainability Forum",
          "Honorary Members");

  static final List<String> NAMES =
      List.of(
          ALL,
          CORPORATE,
          INDIVIDUAL,
          STUDENT,
          FAMILY,
          BOARD,
          HARBOUR,
          HILLS,
          FORUMS.get(0),
          FORUMS.get(1),
          FORUMS.get(2),
          FORUMS.get(3),
          FORUMS.get(4),
          FORUMS.get(5),
          FORUMS.get(6),
          FORUMS.get(7),
          FORUMS.get(8),
          FORUMS.get(9),
          "Internal: In Arrears",
          "Internal: Prospects");

  /** What the association's staff chose to synchronise, as the setting says it. */
  static final String SELECTED =
      String.join(",", ALL, CORPORATE, BOARD, "* Committee", "* Chapter", AMBASSADORS);

  /** The lists that staff made at the provider before there was a hub. */
  static final List<String> ALREADY_THERE = List.of(ALL, BOARD, EVENTS, AMBASSADORS);

  private Teams() {}

  static int id(String name) {
    return NAMES.indexOf(name) + 1;
  }
}
