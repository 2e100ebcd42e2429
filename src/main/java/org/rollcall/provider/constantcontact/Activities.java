package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rollcall.pace.ProviderWords;
import org.rollcall.provider.JobReport;

/** Reads the service's bulk activities. */
final class Activities {
  /**
   * Line 1 is the header that the service makes of a JSON import, so line 2 is the first contact.
   */
  private static final Pattern LINE =
      Pattern.compile("^\\s*Line\\s+(\\d+)\\s*[:,-]?\\s*(.*)$", Pattern.CASE_INSENSITIVE);

  private Activities() {}

  static JobReport report(JsonNode activity) {
    Map<Integer, String> rows = new LinkedHashMap<>();
    List<String> errors = new ArrayList<>();
    for (JsonNode error : activity.path("activity_errors")) {
      sort(
          ProviderWords.masked(error.isTextual() ? error.asText() : error.path("message").asText()),
          rows,
          errors);
    }
    JsonNode status = activity.path("status");
    int refused = status.path("error_count").asInt() + status.path("correctable_count").asInt();
    return new JobReport(
        activity.path("activity_id").asText(),
        state(activity.path("state").asText()),
        Times.parse(activity.path("created_at").asText(null)),
        status.has("person_count"),
        items(status),
        rows,
        errors,
        refused);
  }

  /** An import counts the header as an item; what is no import has no count of persons. */
  private static int items(JsonNode status) {
    int items = status.path("items_total_count").asInt();
    return status.has("person_count") ? Math.max(0, items - 1) : items;
  }

  private static void sort(String error, Map<Integer, String> rows, List<String> errors) {
    Matcher line = LINE.matcher(error);
    if (line.matches() && line.group(1).length() < 7 && Integer.parseInt(line.group(1)) > 1) {
      rows.put(Integer.parseInt(line.group(1)) - 2, line.group(2).strip());
    } else {
      errors.add(error);
    }
  }

  private static JobReport.State state(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "completed" -> JobReport.State.DONE;
      case "cancelled", "failed", "timed_out" -> JobReport.State.BROKEN;
      default -> JobReport.State.RUNNING;
    };
  }
}
