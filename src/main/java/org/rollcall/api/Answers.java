package org.rollcall.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.web.Reply;

/** Answers in JSON. */
final class Answers {
  private Answers() {}

  static Reply json(Object value) {
    return json(200, value);
  }

  static Reply json(int status, Object value) {
    return new Reply.Data(status, "application/json", (Output.json(value) + "\n").getBytes(UTF_8));
  }

  /** One object with a list, and where the list goes on. */
  static Reply page(String name, List<?> items, @Nullable String next) {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put(name, items);
    page.put("next", next);
    return json(page);
  }

  /**
   * A page of what was asked for with one more than the limit.
   *
   * @param place of the last one on the page, as a cursor
   */
  static <T> Reply page(
      String name, List<T> found, int limit, Function<T, ?> shown, Function<T, String> place) {
    List<T> items = found.size() > limit ? found.subList(0, limit) : found;
    String next = found.size() > limit ? place.apply(items.get(limit - 1)) : null;
    return page(name, items.stream().map(shown).toList(), next);
  }

  /**
   * Everything there is, an object a line.
   *
   * @param source gives one after the other
   */
  static Reply lines(Consumer<Consumer<Object>> source) {
    return new Reply.Stream(
        Request.NDJSON,
        out -> {
          try {
            source.accept(one -> write(out, one));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  private static void write(OutputStream out, Object one) {
    try {
      out.write((Output.json(one) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to go on, as a text that means nothing to others. */
  static String cursor(Object... parts) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Output.json(parts).getBytes(UTF_8));
  }

  /**
   * @throws Wrong when this is no cursor of so many parts
   */
  static List<String> parts(String cursor, int count) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      List<String> parts = new java.util.ArrayList<>();
      Output.parsed(json).forEach(part -> parts.add(part.asText()));
      if (parts.size() == count && parts.stream().noneMatch(part -> part.indexOf('\0') >= 0)) {
        return parts;
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw noCursor();
    }
    throw noCursor();
  }

  static Wrong noCursor() {
    return Wrong.unreadable(
        "This cursor was not given out here",
        "Take the value of next from the page before, or none.");
  }
}
