package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What can be odd about a row of a report. */
public enum Oddity {
  /** Its time is in a form nobody knows. */
  TIME,
  NO_TIME,
  NO_CONTACT,
  /** There is a null in its place. */
  NO_ROW,
  /** Its link is null. */
  NO_LINK;

  void apply(ObjectNode row) {
    switch (this) {
      case TIME -> row.put("created_time", "the day before yesterday");
      case NO_TIME -> row.remove("created_time");
      case NO_CONTACT -> row.putNull("contact_id");
      case NO_LINK -> row.putNull("url_id").putNull("link_url");
      case NO_ROW -> {}
    }
  }
}
