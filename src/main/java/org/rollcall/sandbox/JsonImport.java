package org.rollcall.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A streaming reader of {@code contacts_json_import}: no tree of 40,000 rows is ever built. */
final class JsonImport implements ImportRows {
  private static final int HEADER = 1;

  private final byte[] body;

  JsonImport(byte[] body) {
    this.body = body;
  }

  /** What one pass over the body finds. */
  static final class Scan {
    final List<String> listIds = new ArrayList<>();
    final Set<String> fieldNames = new HashSet<>();
    boolean hasData;

    /** Rows that end before the byte limit and the line limit. */
    int rows;
  }

  Scan scan(int bytes, int lines) {
    Scan scan = new Scan();
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Refusal.invalid("request body is missing or is not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        scanProperty(json, scan, bytes, lines);
      }
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("request body is not valid JSON");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return scan;
  }

  private static void scanProperty(JsonParser json, Scan scan, int bytes, int lines)
      throws IOException {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    if (name.equals("import_data") && value == JsonToken.START_ARRAY) {
      scan.hasData = true;
      for (int line = HEADER + 1; json.nextToken() != JsonToken.END_ARRAY; line++) {
        ImportRow row = row(json, line);
        scan.fieldNames.addAll(row.fieldNames);
        if (line <= lines && json.currentLocation().getByteOffset() <= bytes) {
          scan.rows++;
        }
      }
    } else if (name.equals("list_ids") && value == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        scan.listIds.add(json.getText());
        json.skipChildren();
      }
    } else {
      json.skipChildren();
    }
  }

  @Override
  public void read(Predicate<ImportRow> taker) {
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean data = json.currentName().equals("import_data");
        if (json.nextToken() == JsonToken.START_ARRAY && data) {
          rows(json, taker);
          return;
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a body that was read before cannot be read again", e);
    }
  }

  private static void rows(JsonParser json, Predicate<ImportRow> taker) throws IOException {
    boolean more = true;
    for (int line = HEADER + 1; more && json.nextToken() != JsonToken.END_ARRAY; line++) {
      more = taker.test(row(json, line));
    }
  }

  private static ImportRow row(JsonParser json, int line) throws IOException {
    ImportRow row = new ImportRow(line);
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Refusal.invalid("import_data does not have a valid value");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value.isStructStart()) {
        throw Refusal.invalid("import_data does not have a valid value");
      }
      row.set(name, value == JsonToken.VALUE_NULL ? null : json.getText());
    }
    return row;
  }
}
