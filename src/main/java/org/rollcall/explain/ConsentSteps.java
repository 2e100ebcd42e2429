package org.rollcall.explain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.store.Query;

/** Opt-outs under every address the member has or had. */
final class ConsentSteps {
  private ConsentSteps() {}

  static List<Step> of(Connection connection, Subject subject) throws SQLException {
    List<Step> steps =
        subject
            .query(connection, "explain/opt_outs")
            .list(row -> new Step("opt-out", null, text(row)));
    return steps.isEmpty()
        ? List.of(new Step("opt-out", null, "none is known under any address of the member"))
        : steps;
  }

  private static String what(String entry) {
    return switch (entry) {
      case "opt_in" -> "consent was given";
      case "resubscribe_asked" -> "asked whether to come back";
      case "resubscribed" -> "came back";
      default -> "Contact is unsubscribed";
    };
  }

  private static String text(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return "%s: %s%s, by the %s, at %s%s"
        .formatted(
            what(row.getString("what")),
            row.getString("address"),
            row.getBoolean("current") ? "" : " (an earlier address)",
            Objects.toString(row.getString("by"), "provider").toLowerCase(Locale.ROOT),
            Query.instant(row, "at"),
            reason == null ? "" : ", \"" + reason + "\"");
  }
}
