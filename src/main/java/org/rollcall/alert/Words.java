package org.rollcall.alert;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts conditions into messages. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", Locale.ENGLISH);
  private static final String COMMAND = "rollcall ";

  private final ZoneId zone;
  private final @Nullable URI console;

  Words(ZoneId zone, @Nullable URI console) {
    this.zone = zone;
    this.console = console;
  }

  Message raised(Condition condition) {
    return new Message(
        "Rollcall: " + condition.headline(),
        condition.story()
            + "\n\nWhat to do\n"
            + steps(condition.remedy())
            + "\n"
            + foot("You get one more message when this is over."));
  }

  Message over(Condition.Key key, Instant since) {
    return new Message(
        "Rollcall: " + key.kind().over(key.subject()),
        key.kind().story(key.subject())
            + " It had been so since "
            + time(since)
            + ".\n\nThere is nothing to do.\n\n"
            + foot(""));
  }

  static String steps(List<String> remedy) {
    StringBuilder steps = new StringBuilder();
    for (String step : remedy) {
      steps.append(step.startsWith(COMMAND) ? "    " : "  ").append(step).append('\n');
    }
    return steps.toString();
  }

  String foot(String promise) {
    String link = console == null ? "" : "Rollcall in your browser: " + console + "\n";
    return promise.isEmpty() ? link : promise + "\n" + link;
  }

  String time(Instant at) {
    return TIME.format(at.atZone(zone)) + " (" + zone + ")";
  }

  /** {@code 1 dead letter}, {@code 1,200 dead letters}. */
  static String count(long count, String noun) {
    return String.format(Locale.ENGLISH, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
