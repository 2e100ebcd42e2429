package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ImportBody;

/**
 * The body of a {@code contacts_json_import}: one JSON object with {@code import_data} and {@code
 * list_ids}. The service reads the first 4 MB and drops the rest without a word, so the size is
 * kept here, in bytes of UTF-8.
 */
final class ImportRows implements ImportBody {
  /** Below 4,000,000 whichever megabyte the service means; room is left for 50 list ids. */
  static final int BYTES = 3_990_000;

  /** 40,000 lines, of which the header that the service makes of the JSON is one. */
  static final int ROWS = 39_999;

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] HEAD = "{\"import_data\":[".getBytes(StandardCharsets.UTF_8);
  private static final int TAIL = 30 + 50 * 40;

  private static final Map<String, Integer> LONGEST =
      Map.ofEntries(
          Map.entry("first_name", 50),
          Map.entry("last_name", 50),
          Map.entry("company_name", 50),
          Map.entry("job_title", 50),
          Map.entry("phone", 25),
          Map.entry("street", 255),
          Map.entry("city", 50),
          Map.entry("state", 50),
          Map.entry("zip", 50),
          Map.entry("postal_code", 50),
          Map.entry("country", 50));

  private static final int LONGEST_CUSTOM = 255;

  private final CustomFieldNames customFields;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final ByteArrayOutputStream row = new ByteArrayOutputStream(512);
  private int rows;

  ImportRows(CustomFieldNames customFields) {
    this.customFields = customFields;
    bytes.writeBytes(HEAD);
  }

  @Override
  public boolean offer(String address, @Nullable String fields) {
    try {
      row.reset();
      write(address, fields);
      if (rows == ROWS || bytes.size() + row.size() + 1 + TAIL > BYTES) {
        return false;
      }
      if (rows++ > 0) {
        bytes.write(',');
      }
      row.writeTo(bytes);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public byte[] finish(List<String> listIds) {
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      bytes.writeBytes("],\"list_ids\":".getBytes(StandardCharsets.UTF_8));
      out.writeStartArray();
      for (String id : listIds) {
        out.writeString(id);
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('}');
    return bytes.toByteArray();
  }

  private void write(String address, @Nullable String fields) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(row)) {
      out.writeStartObject();
      out.writeStringField("email", address);
      if (fields != null) {
        try (JsonParser in = JSON.createParser(fields)) {
          copy(in, out);
        }
      }
      out.writeEndObject();
    }
  }

  private void copy(JsonParser in, JsonGenerator out) throws IOException {
    in.nextToken();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      field(out, name, in.getText());
    }
  }

  private void field(JsonGenerator out, String name, String value) throws IOException {
    switch (name) {
      case "postal_code" -> text(out, "zip", value);
      case "birthday" -> birthday(out, value);
      case "anniversary" -> out.writeStringField("anniversary", value);
      default -> {
        if (name.startsWith("cf:")) {
          custom(out, name.substring(3), value);
        } else {
          text(out, name, value);
        }
      }
    }
  }

  private void custom(JsonGenerator out, String column, String value) throws IOException {
    String name = customFields.of(column);
    if (name != null) {
      out.writeStringField("cf:" + name, cut(value, LONGEST_CUSTOM));
    }
  }

  /** {@code MM-DD} or {@code YYYY-MM-DD}; the service takes month and day as numbers, together. */
  private static void birthday(JsonGenerator out, String value) throws IOException {
    String day = value.substring(value.length() - 5);
    out.writeNumberField("birthday_month", Integer.parseInt(day.substring(0, 2)));
    out.writeNumberField("birthday_day", Integer.parseInt(day.substring(3)));
  }

  private static void text(JsonGenerator out, String name, String value) throws IOException {
    out.writeStringField(name, fitting(name, value));
  }

  /** The value, cut to what the service takes in this field. */
  static String fitting(String name, String value) {
    return cut(value, LONGEST.getOrDefault(name, LONGEST_CUSTOM));
  }

  private static String cut(String value, int longest) {
    if (value.length() <= longest) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(longest - 1)) ? longest - 1 : longest;
    return value.substring(0, end);
  }
}
