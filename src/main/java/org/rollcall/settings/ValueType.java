package org.rollcall.settings;

/**
 * How the text of a setting becomes a value.
 *
 * @param name what the documentation calls it
 * @param range the permitted values, with their unit; may be empty
 */
record ValueType<T>(String name, String range, Parser<T> parser) {
  interface Parser<T> {
    T parse(String text) throws Refusal;
  }

  T parse(String text) throws Refusal {
    return parser.parse(text);
  }
}
