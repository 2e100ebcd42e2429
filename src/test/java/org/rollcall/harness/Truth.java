package org.rollcall.harness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What was done with campaigns, as the provider tells it and as the hub has it, to be compared. */
final class Truth {
  private static final String HUB =
      "SELECT concat_ws(' ', a.kind, m.mailing_id, c.contact_id,"
          + " extract(epoch FROM a.at)::bigint, coalesce(l.url_id, '-'), coalesce(a.code, '-'))"
          + " FROM activity a"
          + " JOIN mailing m ON m.account_id = a.account_id AND m.mailing_no = a.mailing_no"
          + " JOIN activity_contact c ON c.account_id = a.account_id AND c.contact_no = a.contact_no"
          + " LEFT JOIN campaign_link l ON l.account_id = a.account_id AND l.link_no = a.link_no";

  private Truth() {}

  static List<String> provider(Scene scene) {
    List<String> rows = new ArrayList<>();
    scene
        .provider()
        .campaigns()
        .each(
            event ->
                rows.add(
                    String.join(
                        " ",
                        kind(event.kind()),
                        event.mailing(),
                        event.contact(),
                        Long.toString(event.at().getEpochSecond()),
                        event.link() == null ? "-" : event.link(),
                        event.detail() == null ? "-" : event.detail())));
    rows.sort(null);
    return rows;
  }

  private static String kind(String path) {
    return switch (path) {
      case "optouts" -> "opt_out";
      case "bounces" -> "bounce";
      default -> path.substring(0, path.length() - 1);
    };
  }

  static List<String> hub(Scene scene) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = scene.state().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(HUB)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    rows.sort(null);
    return rows;
  }
}
