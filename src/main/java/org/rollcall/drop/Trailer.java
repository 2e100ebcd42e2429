package org.rollcall.drop;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.Line;

/**
 * The last line of a file that says it is whole, where files have one. It is no row, and so it may
 * be of another width.
 */
final class Trailer {
  private final @Nullable Pattern pattern;
  private final String delimiter;
  private @Nullable Matcher found;

  /**
   * @param delimiter what stood between the cells of a line that was split
   */
  Trailer(@Nullable Pattern pattern, String delimiter) {
    this.pattern = pattern;
    this.delimiter = delimiter.isEmpty() ? "," : delimiter;
  }

  /** Whether a line is the trailer. */
  boolean passes(Line line) {
    if (pattern == null) {
      return false;
    }
    Matcher matcher = pattern.matcher(text(line));
    boolean is = matcher.find();
    if (is) {
      found = matcher;
    }
    return is;
  }

  private String text(Line line) {
    if (line instanceof Line.Refused refused) {
      return refused.value();
    }
    return Arrays.stream(((Line.Cells) line).cells())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(delimiter));
  }

  /** Notes a trailer that is missing, or counts otherwise. */
  void finish(MemberFile file) {
    if (pattern == null) {
      return;
    }
    Matcher trailer = found;
    if (trailer == null) {
      file.incomplete("its last line is missing, which has to look like " + pattern);
    } else if (trailer.groupCount() > 0 && trailer.group(1) != null) {
      compare(file, trailer.group(1).replaceAll("\\D", "").replaceFirst("^0+(?=.)", ""));
    }
  }

  private static void compare(MemberFile file, String told) {
    if (!told.equals(Long.toString(file.rows()))) {
      file.incomplete(
          "its last line tells of %s rows, and there are %,d".formatted(told, file.rows()));
    }
  }
}
