package org.rollcall.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.rollcall.activity.Pages.Mailing;
import org.rollcall.provider.UnreadRow;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;

/** Keeps rows of reports that cannot be read as dead letters, once each however often met. */
final class UnreadRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REMEDY =
      "see at the provider what it was, then dismiss; once Rollcall knows the form, replay has it"
          + " read again";

  private final DeadLetters letters;

  UnreadRows(DeadLetters letters) {
    this.letters = letters;
  }

  /** Gives how many were not kept before. */
  long keep(Connection connection, Run run, News news, Mailing mailing, List<UnreadRow> rows)
      throws SQLException {
    long kept = 0;
    for (UnreadRow row : rows) {
      kept +=
          letters.keepOnce(connection, run, letter(connection, run, news, mailing, row)) ? 1 : 0;
    }
    return kept;
  }

  private static Letter letter(
      Connection connection, Run run, News news, Mailing mailing, UnreadRow row)
      throws SQLException {
    String payload = payload(news, mailing, row);
    String cause =
        "a row of the report of %ss of campaign %s cannot be read: %s"
            .formatted(news.kind().word().replace('_', '-'), news.campaignId(), row.why());
    return Query.named(connection, "activity/whose")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("contact", row.contactId())
        .bind("address", row.address())
        .first(
            whose ->
                new Letter(
                    Kind.ANSWER,
                    whose.getString("member_key"),
                    whose.getString("address"),
                    payload,
                    cause,
                    REMEDY))
        .orElseThrow();
  }

  /** Where the row stood, and the row. */
  private static String payload(News news, Mailing mailing, UnreadRow row) {
    ObjectNode payload = JSON.createObjectNode().put("what", news.kind().word());
    payload.put("campaign_id", news.campaignId()).put("mailing_id", mailing.id());
    try {
      return payload.set("row", JSON.readTree(row.text())).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
