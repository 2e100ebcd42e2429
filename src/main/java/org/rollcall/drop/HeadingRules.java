package org.rollcall.drop;

import java.util.Map;
import org.rollcall.settings.DropSettings;

/**
 * What the settings say about the columns of a file.
 *
 * @param drop the name of the drop, or empty for files read by hand
 * @param declared from names of the file's columns to what they are
 * @param othersAreCustom whether columns that nobody mentions become custom fields
 * @param keyIsEmail whether the address stands for the key
 */
record HeadingRules(
    String drop, Map<String, String> declared, boolean othersAreCustom, boolean keyIsEmail) {
  static HeadingRules of(DropSettings drop) {
    return new HeadingRules(drop.name(), drop.columns(), drop.otherColumns(), drop.keyIsEmail());
  }

  /** The setting that says what a column is, to be pasted. */
  String setting(String heading, String meaning) {
    return key("columns." + HeadingText.shown(heading)) + "=" + meaning;
  }

  String key(String rest) {
    return "rollcall.drops." + (drop.isEmpty() ? "NAME" : drop) + "." + rest;
  }
}
