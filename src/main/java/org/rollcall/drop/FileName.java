package org.rollcall.drop;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the name of a dropped file tells. It is never used to build a path. */
final class FileName {
  private static final int LONGEST = 200;
  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)((?:19|20)\\d{2})([-_.]?)(\\d{2})\\2(\\d{2})"
              + "(?:[T _-]?([01]\\d|2[0-3])[:.h_-]?([0-5]\\d)(?:[:.m_-]?([0-5]\\d))?)?(?!\\d)");
  private static final Pattern BEING_WRITTEN =
      Pattern.compile(
          "^[.~].*|.*(~|\\.(tmp|temp|part|partial|filepart|crdownload|download|swp|writing|upload))$",
          Pattern.CASE_INSENSITIVE);
  private static final String MARKER = ".done";

  private FileName() {}

  /**
   * A name as people can read it in one line: nothing invisible, nothing that turns the writing.
   */
  static String printable(String name) {
    StringBuilder printable = new StringBuilder();
    name.codePoints().limit(LONGEST).forEach(c -> append(printable, c));
    return name.codePointCount(0, name.length()) > LONGEST
        ? printable.append("...").toString()
        : printable.toString();
  }

  private static void append(StringBuilder printable, int c) {
    int type = Character.getType(c);
    boolean hidden =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.PRIVATE_USE
            || type == Character.UNASSIGNED
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (hidden) {
      printable.append("\\u%04x".formatted(c));
    } else {
      printable.appendCodePoint(c);
    }
  }

  /** The first date that stands in a text, with its time if it has one. */
  static Optional<LocalDateTime> date(String text) {
    Matcher matcher = DATE.matcher(text);
    while (matcher.find()) {
      try {
        return Optional.of(
            LocalDateTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                number(matcher.group(5)),
                number(matcher.group(6)),
                number(matcher.group(7))));
      } catch (DateTimeException e) {
        // eight digits that are no date; another may follow
      }
    }
    return Optional.empty();
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** Whether programs use such names while they write or download. */
  static boolean beingWritten(String name) {
    return BEING_WRITTEN.matcher(name).matches();
  }

  static boolean isMarker(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(MARKER);
  }

  /** The file that says a file of this name is whole. */
  static String marker(String name) {
    return name + MARKER;
  }
}
