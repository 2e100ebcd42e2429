package org.rollcall.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A table of JSON Lines: one flat object a line. The keys of the first line are the header; later
 * lines may lack some of them, but bring no others.
 */
final class JsonTable implements Table {
  private static final int SHOWN = 240;

  private final Text text;
  private final String container;
  private final String charset;
  private final List<String> notes;
  private final Limits limits;
  private final JsonFactory json;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<String> header;
  private @Nullable String[] cells = new String[0];
  private boolean firstPending = true;

  private final Lines lines;
  private @Nullable String cut;

  /** Why a line is refused, and where. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int column;

    Refusal(int column, String reason) {
      super(reason, null, false, false);
      this.column = column;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  JsonTable(Text text, Encoding encoding, String container, Limits limits) {
    this.text = text;
    this.container = container;
    this.charset = encoding.charset().name();
    this.notes = List.copyOf(encoding.notes());
    this.limits = limits;
    this.lines = new Lines(text);
    this.json = factory(limits);
    readFirst();
    this.header = List.copyOf(columns.keySet());
  }

  /** Whether the first thing in a text is an opening brace. */
  static boolean begins(Text text) {
    text.fillHead();
    for (int i = text.mark; i < text.end; i++) {
      char c = text.chars[i];
      if (!Character.isWhitespace(c)) {
        return c == '{';
      }
    }
    return false;
  }

  private static JsonFactory factory(Limits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(2)
                .maxStringLength(limits.cellChars())
                .maxNumberLength(1_000)
                .maxNameLength(1_000)
                .build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }

  private void readFirst() {
    boolean found = lines.next();
    while (found && lines.blank()) {
      found = lines.next();
    }
    if (!found) {
      throw new FileException(0, "the file is empty", "every line is to hold an object", null);
    }
    try {
      readLine(true);
    } catch (Refusal e) {
      throw new FileException(
          lines.number(), e.reason(), "every line is to hold one flat object", null);
    }
  }

  @Override
  public @Nullable Line next() {
    if (firstPending) {
      firstPending = false;
      return line();
    }
    while (lines.next()) {
      if (!lines.blank()) {
        return line();
      }
    }
    if (text.cut()) {
      cut = "it ends in the middle of a character";
    }
    return null;
  }

  private Line line() {
    try {
      readLine(false);
      return new Line.Cells(lines.number(), cells);
    } catch (Refusal e) {
      if (lines.openEnd()) {
        cut = "it ends in the middle of line " + lines.number();
      }
      return new Line.Refused(
          lines.number(), e.column, Printable.of(lines.shown(SHOWN)), e.reason());
    }
  }

  private void readLine(boolean first) throws Refusal {
    if (lines.tooLong()) {
      throw new Refusal(0, "the line is longer than " + 8 * limits.cellChars() + " characters");
    }
    refuseFlawed(lines.shown(Integer.MAX_VALUE), 0);
    java.util.Arrays.fill(cells, null);
    try (JsonParser parser = json.createParser(text.chars, text.mark, lines.length())) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      readObject(parser, first);
    } catch (StreamReadException e) {
      throw new Refusal(0, "the line is no JSON object, or one with a key that stands twice");
    } catch (IOException e) {
      throw new Refusal(0, "the line goes beyond what is read: long texts, deep nesting");
    }
  }

  private void readObject(JsonParser parser, boolean first) throws IOException, Refusal {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Refusal(0, "the line is no JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int column = column(parser.currentName(), first);
      parser.nextToken();
      String value = value(parser, column + 1);
      if (!first) {
        cells[column] = value;
      }
    }
    if (parser.nextToken() != null) {
      throw new Refusal(0, "something follows the JSON object on its line");
    }
    if (first) {
      cells = new String[columns.size()];
    }
  }

  private int column(String key, boolean first) throws Refusal {
    Integer known = columns.get(key.strip());
    if (first && known == null) {
      refuseFlawed(key, 0);
      columns.put(key.strip(), columns.size());
      if (columns.size() > limits.columns()) {
        throw new Refusal(0, "the object has more than " + limits.columns() + " keys");
      }
      return columns.size() - 1;
    }
    if (known == null) {
      throw new Refusal(0, "the line has a key that the first line has not");
    }
    if (first) {
      throw new Refusal(0, "two keys differ in white space only");
    }
    return known;
  }

  private @Nullable String value(JsonParser parser, int column) throws IOException, Refusal {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new Refusal(column, "the object is not whole");
    }
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> text(parser, column);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getText();
      case START_ARRAY -> array(parser, column);
      default -> throw new Refusal(column, "the value is an object; only flat objects are read");
    };
  }

  private @Nullable String text(JsonParser parser, int column) throws IOException, Refusal {
    String value = parser.getText();
    refuseFlawed(value, column);
    return value.isEmpty() ? null : value;
  }

  private @Nullable String array(JsonParser parser, int column) throws IOException, Refusal {
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw new Refusal(column, "the array holds something else than texts");
      }
      String value = text(parser, column);
      if (value != null && value.indexOf(';') >= 0) {
        throw new Refusal(column, "a text in the array holds a semicolon, which separates groups");
      }
      if (value != null) {
        texts.add(value);
      }
    }
    return texts.isEmpty() ? null : String.join(";", texts);
  }

  private void refuseFlawed(String value, int column) throws Refusal {
    OptionalLong byteAt = text.flaw(lines.length());
    String flaw = Flaws.in(value, byteAt, charset);
    if (flaw != null) {
      throw new Refusal(column, (column == 0 ? "the line " : "the value ") + flaw);
    }
  }

  @Override
  public Recognised recognised() {
    return new Recognised(
        container, "jsonl", charset, "", "", Newlines.name(lines.newlines()), notes);
  }

  @Override
  public List<String> header() {
    return header;
  }

  @Override
  public Optional<String> cut() {
    return Optional.ofNullable(cut);
  }

  @Override
  public void close() {
    try {
      text.close();
    } catch (IOException e) {
      throw Text.unreadable(e);
    }
  }
}
