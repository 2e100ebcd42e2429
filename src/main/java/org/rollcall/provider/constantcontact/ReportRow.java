package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.SeenActivity;
import org.rollcall.provider.UnreadRow;

/** One row of a report about a mailing. */
final class ReportRow {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ReportRow() {}

  /** What keeps a row from being read, null when nothing does. */
  static @Nullable String fault(JsonNode row) {
    if (!row.isObject()) {
      return "it is no object";
    }
    for (String needed : new String[] {"contact_id", "created_time"}) {
      JsonNode value = row.path(needed);
      if (!value.isValueNode() || value.asText("").isBlank()) {
        return "it has no " + needed;
      }
    }
    if (time(row) == null) {
      return "its created_time is in no known form";
    }
    return storable(activity(row).toString()) ? null : "it holds a character that is none";
  }

  /** Databases refuse U+0000 and half a surrogate pair. */
  static boolean storable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A row without a fault. */
  static SeenActivity activity(JsonNode row) {
    String code = row.path("bounce_code").asText(null);
    return new SeenActivity(
        row.path("contact_id").asText(),
        address(row),
        Objects.requireNonNull(time(row)),
        filled(row.path("url_id").asText("")),
        filled(row.path("link_url").asText("")),
        code == null ? row.path("opt_out_reason").asText(null) : code,
        filled(row.path("device_type").asText("")));
  }

  static UnreadRow unread(JsonNode row, String fault) {
    String text =
        new String(row.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String contact = filled(row.path("contact_id").asText(""));
    String address = address(row);
    return new UnreadRow(
        text,
        fault,
        contact == null || !storable(contact) ? null : contact,
        address == null || !storable(address) ? null : address);
  }

  /** Years that no table holds are no time either. */
  static @Nullable Instant time(JsonNode row) {
    Instant at = Times.parse(row.path("created_time").asText(null));
    return at == null || at.isBefore(Instant.EPOCH) || at.isAfter(LAST) ? null : at;
  }

  private static @Nullable String address(JsonNode row) {
    return filled(row.path("email_address").asText("").toLowerCase(Locale.ROOT));
  }

  private static @Nullable String filled(String text) {
    return text.isBlank() ? null : text;
  }
}
