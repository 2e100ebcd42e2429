package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.List;

/** What a bulk job counts. */
final class Tally {
  int total;
  int completed;
  int persons;
  int errors;
  int correctable;
  int cannotAddToList;
  int lists;
  final List<String> messages = new ArrayList<>();
}
