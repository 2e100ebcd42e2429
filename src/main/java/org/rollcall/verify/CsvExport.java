package org.rollcall.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.CsvLine;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * The wanted contacts as CSV (RFC 4180) under the column names that Constant Contact's import
 * knows. Cells that a spreadsheet would run as a formula are defused (ASVS 1.2.10).
 */
public final class CsvExport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("first_name", "First name");
    COLUMNS.put("last_name", "Last name");
    COLUMNS.put("company_name", "Company");
    COLUMNS.put("job_title", "Job title");
    COLUMNS.put("phone", "Phone");
    COLUMNS.put("street", "Street");
    COLUMNS.put("city", "City");
    COLUMNS.put("state", "State");
    COLUMNS.put("postal_code", "Zip");
    COLUMNS.put("country", "Country");
  }

  /** Columns of the query, under the names that a spreadsheet or an import shows. */
  private static final Map<String, String> ENGAGEMENT = new LinkedHashMap<>();

  static {
    ENGAGEMENT.put("last_send", "Last sent");
    ENGAGEMENT.put("last_open", "Last opened");
    ENGAGEMENT.put("last_click", "Last clicked");
    ENGAGEMENT.put("sends", "Sent in 90 days");
    ENGAGEMENT.put("opens", "Opens in 90 days");
    ENGAGEMENT.put("clicks", "Clicks in 90 days");
    ENGAGEMENT.put("unanswered_since", "Unanswered since");
    ENGAGEMENT.put("unanswered", "Unanswered");
    ENGAGEMENT.put("bounce_code", "Bounced");
  }

  private final Store store;

  public CsvExport(Store store) {
    this.store = store;
  }

  /**
   * Nobody who is unsubscribed at the provider is written.
   *
   * @param engagement whether what was done with campaigns is written too; days in UTC
   */
  public void write(
      String sync, @Nullable String group, boolean engagement, Consumer<String> sink) {
    String more = engagement ? "," + String.join(",", ENGAGEMENT.values()) : "";
    sink.accept("Email address," + String.join(",", COLUMNS.values()) + more + "\r\n");
    store.run(
        connection ->
            Query.named(connection, "verify/export")
                .bind("sync", sync)
                .bind("group", group)
                .bind("engagement", engagement)
                .streaming(1000)
                .each(row -> sink.accept(line(row, engagement))));
  }

  private static String line(ResultSet row, boolean engagement) throws SQLException {
    StringBuilder line = new StringBuilder(CsvLine.cell(row.getString("address")));
    JsonNode fields = parsed(row.getString("fields"));
    for (String column : COLUMNS.keySet()) {
      line.append(',').append(CsvLine.cell(fields.path(column).asText("")));
    }
    if (engagement) {
      for (String column : ENGAGEMENT.keySet()) {
        line.append(',').append(CsvLine.cell(shown(row, column)));
      }
    }
    return line.append("\r\n").toString();
  }

  private static String shown(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    boolean time = text != null && row.getObject(column) instanceof Timestamp;
    return time
        ? row.getTimestamp(column).toInstant().atOffset(ZoneOffset.UTC).toLocalDate().toString()
        : Objects.toString(text, "");
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a member's fields are not JSON", e);
    }
  }
}
