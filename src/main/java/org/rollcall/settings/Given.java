package org.rollcall.settings;

/**
 * A setting's text and where it came from.
 *
 * @param origin the file, or {@code from --set}, or {@code from environment NAME}
 * @param line the line in the file; 0 for an override
 */
record Given(String text, String origin, int line) {
  Given with(String other) {
    return new Given(other, origin, line);
  }

  Problem problem(String key, String what, String remedy) {
    return new Problem(origin, line, key, what, remedy);
  }
}
