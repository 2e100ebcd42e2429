package org.rollcall.explain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.member.Reason;
import org.rollcall.store.Query;

/** What the provider is known to hold, what went wrong on the way, and the status that follows. */
final class ProviderSteps {
  private static final Map<String, String> REASONS =
      Stream.of(Reason.values()).collect(Collectors.toMap(Reason::name, Reason::text));

  private ProviderSteps() {}

  static List<Step> of(Connection connection, Subject subject) throws SQLException {
    List<Step> steps = new ArrayList<>();
    subject.query(connection, "explain/contacts").each(row -> steps.add(step(contact(row))));
    if (steps.isEmpty()) {
      steps.add(step("no contact is known under any address of the member"));
    }
    subject
        .query(connection, "explain/troubles")
        .each(
            row -> {
              String trouble = trouble(row);
              if (trouble != null) {
                steps.add(new Step("delivery", null, trouble));
              }
            });
    subject
        .query(connection, "explain/statuses")
        .each(row -> steps.add(new Step("status", row.getString("group_name"), status(row))));
    return steps;
  }

  private static Step step(String text) {
    return new Step("provider", null, text);
  }

  private static String contact(ResultSet row) throws SQLException {
    StringBuilder text = new StringBuilder();
    text.append("contact ").append(row.getString("contact_id"));
    text.append(" under ").append(row.getString("address"));
    text.append(row.getBoolean("deleted") ? ", deleted there" : "");
    text.append(", permission ").append(row.getString("permission"));
    append(text, ", on the lists ", row.getString("own_lists"));
    append(text, ", put by hand on ", row.getString("other_lists"));
    String owner = row.getString("owner");
    if (owner != null && !row.getBoolean("ours")) {
      text.append(", its fields are kept by sync ").append(owner);
    } else if (!row.getBoolean("deleted")) {
      text.append(
          row.getBoolean("up_to_date")
              ? ", its fields are as the source has them"
              : ", its fields are not known to be as the source has them");
    }
    return text.append(", seen at ").append(Moment.of(Query.instant(row, "seen_at"))).toString();
  }

  private static void append(StringBuilder text, String what, @Nullable String value) {
    if (value != null) {
      text.append(what).append(value);
    }
  }

  private static @Nullable String trouble(ResultSet row) throws SQLException {
    String run = "run " + row.getLong("run_id");
    if (row.getBoolean("held")) {
      return "held: " + run + " waits for approval";
    }
    if (row.getString("refusal") != null) {
      return "failed: %s (%s, dead letter %s)"
          .formatted(row.getString("refusal"), run, row.getString("dead_letter"));
    }
    if (row.getString("batch") != null) {
      return "sending: " + run + " has handed it to the provider and waits for the end of the job";
    }
    return switch (Objects.toString(row.getString("outcome"), "")) {
      case "waiting" -> "pending: " + run + " did not get to it";
      case "unseen" -> "pending: " + run + " sent it, and the provider does not show it yet";
      default -> null;
    };
  }

  private static String status(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    String detail = row.getString("detail");
    Instant at = Query.instant(row, "at");
    return row.getString("status")
        + (reason == null ? "" : ": " + REASONS.getOrDefault(reason, reason))
        + (detail == null ? "" : " (" + detail + ")")
        + (at == null ? "" : ", at " + Moment.of(at));
  }
}
