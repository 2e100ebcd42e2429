package org.rollcall.console;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rollcall.run.Days;
import org.rollcall.web.Words;

/**
 * A picture of days, one bar a day of as many pieces as there were outcomes; and the same in words.
 */
public final class DayBars {
  public static final int WIDTH = 720;
  public static final int HEIGHT = 150;
  private static final int TOP = 12;
  private static final int BOTTOM = 20;
  private static final int LEFT = 34;
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private final List<Days.Day> days;
  private final long most;

  DayBars(List<Days.Day> days) {
    this.days = days;
    this.most = Math.max(1, days.stream().mapToLong(Days.Day::runs).max().orElse(0));
  }

  /** A piece of a bar. */
  public record Piece(String look, String x, String y, String width, String height, String title) {}

  /** A day's name under its bar. */
  public record Label(String x, String text) {}

  public boolean isEmpty() {
    return days.stream().allMatch(day -> day.runs() == 0);
  }

  public List<Days.Day> days() {
    return days;
  }

  public long most() {
    return most;
  }

  public String base() {
    return number(HEIGHT - BOTTOM);
  }

  public List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      Days.Day day = days.get(i);
      double y = HEIGHT - BOTTOM;
      y = piece(pieces, i, y, "good", day.completed());
      y = piece(pieces, i, y, "wait", day.partial());
      y = piece(pieces, i, y, "mind", day.held());
      piece(pieces, i, y, "bad", day.failed());
    }
    return pieces;
  }

  private double piece(List<Piece> pieces, int day, double y, String look, long runs) {
    if (runs == 0) {
      return y;
    }
    double height = (HEIGHT - BOTTOM - TOP) * runs / (double) most;
    double width = step() * 0.72;
    pieces.add(
        new Piece(
            look,
            number(LEFT + day * step()),
            number(y - height),
            number(width),
            number(height),
            title(days.get(day))));
    return y - height;
  }

  private double step() {
    return (WIDTH - LEFT) / (double) days.size();
  }

  /** Every seventh day from the last one on. */
  public List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    for (int i = days.size() - 1; i >= 0; i -= 7) {
      labels.add(
          new Label(number(LEFT + i * step() + step() * 0.36), SHORT.format(days.get(i).date())));
    }
    return labels;
  }

  private static String title(Days.Day day) {
    return SHORT.format(day.date()) + ": " + words(day);
  }

  /** A day in words. */
  public static String words(Days.Day day) {
    List<String> parts = new ArrayList<>();
    add(parts, day.completed(), "completed");
    add(parts, day.partial(), "partial");
    add(parts, day.held(), "held");
    add(parts, day.failed(), "failed");
    return String.join(", ", parts) + "; " + Words.count(day.changes(), "change", "changes");
  }

  private static void add(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(Words.number(count) + " " + word);
    }
  }

  /** All in one sentence. */
  public String summary() {
    return "Runs of the last %d days: %s completed, %s partial, %s held, %s failed, %s changes sent."
        .formatted(
            days.size(),
            total(Days.Day::completed),
            total(Days.Day::partial),
            total(Days.Day::held),
            total(Days.Day::failed),
            total(Days.Day::changes));
  }

  private String total(java.util.function.ToLongFunction<Days.Day> count) {
    return Words.number(days.stream().mapToLong(count).sum());
  }

  public static String date(Days.Day day) {
    return SHORT.format(day.date());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
