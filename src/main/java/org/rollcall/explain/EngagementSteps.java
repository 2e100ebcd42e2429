package org.rollcall.explain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.Bounces;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.settings.Silence;
import org.rollcall.store.Query;

/** What the member did with campaigns, as far as a rule asks for it, and whether mail came back. */
final class EngagementSteps {
  private EngagementSteps() {}

  static List<Step> of(Connection connection, Subject subject) throws SQLException {
    Silence silence = subject.target().sync().rules().silence();
    List<Step> steps = new ArrayList<>();
    subject
        .query(connection, "explain/engagement")
        .each(
            row -> {
              if (steps.isEmpty() && (silence.decides() || row.getLong("mailings") > 0)) {
                steps.add(new Step("engagement", null, engagement(row, silence)));
              }
              if (row.getString("code") != null) {
                steps.add(new Step("bounce", null, bounce(row)));
              }
            });
    return steps;
  }

  private static String engagement(ResultSet row, Silence silence) throws SQLException {
    Instant read = Query.instant(row, "activities_at");
    if (read == null) {
      return "activities were never read to the end, so nobody counts as silent";
    }
    String did =
        "%d mailings are known, the last of %s; last open %s, last click %s"
            .formatted(
                row.getLong("mailings"),
                time(row, "last_send"),
                time(row, "last_open"),
                time(row, "last_click"));
    return silence.decides() ? did + "; " + verdict(row, silence, read) : did;
  }

  private static String verdict(ResultSet row, Silence silence, Instant read) throws SQLException {
    @Nullable Instant since = Query.instant(row, "silent_since");
    String days = silence.after().toDays() + " days, as of " + read;
    return since == null
        ? "not silent for " + days
        : "silent for more than " + days + ": no mailing was answered since that of " + since;
  }

  private static String bounce(ResultSet row) throws SQLException {
    String campaign = row.getString("campaign");
    return "%s: mail%s came back at %s (%s): %s"
        .formatted(
            row.getString("address"),
            campaign == null ? "" : " of campaign \"" + campaign + "\"",
            time(row, "bounced_at"),
            row.getString("code"),
            Bounces.advice(row.getString("code")));
  }

  private static String time(ResultSet row, String column) throws SQLException {
    return Moment.of(Query.instant(row, column));
  }
}
