package org.rollcall.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code multipart/form-data} body by name. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");

  private Multipart() {}

  static Map<String, byte[]> parse(@Nullable String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (contentType == null || !contentType.startsWith("multipart/form-data") || !boundary.find()) {
      throw new Refusal(
          415, "contacts.api.unsupported_media_type", "Content-Type must be multipart/form-data");
    }
    // one char per byte, so that positions in the text are positions in the body
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Map<String, byte[]> parts = new HashMap<>();
    for (String part : text.split(Pattern.quote("--" + boundary.group(1)))) {
      int end = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(end < 0 ? "" : part.substring(0, end));
      if (name.find()) {
        String content = part.substring(end + 4);
        String trimmed =
            content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content;
        parts.put(name.group(1), trimmed.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return parts;
  }
}
