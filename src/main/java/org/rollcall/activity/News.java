package org.rollcall.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.rollcall.provider.ActivityKind;

/**
 * Something to read about one campaign.
 *
 * @param tries readings in a row that found less than was counted
 * @param unknown its mailings have still to be read
 * @param exact every event is counted, not only every contact
 * @param expected how many rows are new, as far as the counts tell; at least one
 */
record News(
    int campaign,
    String campaignId,
    ActivityKind kind,
    int tries,
    boolean unknown,
    boolean exact,
    long expected) {

  static News of(ResultSet row) throws SQLException {
    return new News(
        row.getInt("campaign_no"),
        row.getString("campaign_id"),
        ActivityKind.of(row.getString("kind")),
        row.getInt("tries"),
        row.getBoolean("unknown"),
        row.getBoolean("exact"),
        row.getLong("expected"));
  }

  /** Whether a reading may stop as soon as it has found what was counted. */
  boolean countable() {
    return exact || kind == ActivityKind.SEND;
  }
}
