package org.rollcall.settings;

/** A text that is no value of its type: what is wrong with it, and what would be right. */
final class Refusal extends Exception {
  private final String remedy;

  Refusal(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}
