package org.rollcall.alert;

import java.util.Locale;

/** What can be wrong, and what is said when it is over; {@code %s} is the sync or the account. */
enum Kind {
  FAILED("sync %s works again", "The last run of sync %s did not fail any more."),
  ACTIVITIES_FAILED(
      "activities of sync %s are read again",
      "The last reading of activities for sync %s did not fail any more."),
  HELD(
      "no plan of sync %s waits any more",
      "Somebody decided about the plan of sync %s that waited, or a newer plan took its place."),
  RECONNECT("account %s is connected again", "The provider takes our calls to account %s again."),
  QUOTA("account %s has requests left again", "Account %s has enough requests for today again."),
  STALE("sync %s is up to date again", "A run of sync %s has confirmed its lists again."),
  DEAD_LETTERS(
      "no dead letters are left in sync %s", "Every dead letter of sync %s has been settled.");

  private final String over;
  private final String story;

  Kind(String over, String story) {
    this.over = over;
    this.story = story;
  }

  /** What the table calls it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Kind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  String over(String subject) {
    return over.formatted(subject);
  }

  String story(String subject) {
    return story.formatted(subject);
  }
}
