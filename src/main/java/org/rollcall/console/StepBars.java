package org.rollcall.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rollcall.activity.Campaigns.Course;
import org.rollcall.activity.Campaigns.Step;
import org.rollcall.activity.Campaigns.Summary;
import org.rollcall.provider.ActivityKind;
import org.rollcall.web.Words;

/** A picture of pairs of bars, opens beside clicks; the table below it says the same. */
public final class StepBars {
  public static final int WIDTH = 720;
  public static final int HEIGHT = 170;
  public static final int LEFT = 48;
  private static final int TOP = 14;
  private static final int BOTTOM = 22;
  private static final int MOST_LABELS = 8;

  /** Few bars are not made as wide as the page. */
  private static final double WIDEST = 70;

  private final List<Pair> pairs;
  private final double most;
  private final String unit;
  private final String summary;

  private record Pair(String name, double opens, double clicks) {}

  private StepBars(List<Pair> pairs, String unit, String summary) {
    this.pairs = pairs;
    this.unit = unit;
    this.summary = summary;
    this.most =
        Math.max(
            1,
            pairs.stream().mapToDouble(pair -> Math.max(pair.opens, pair.clicks)).max().orElse(0));
  }

  /** One bar. */
  public record Bar(String look, String x, String y, String width, String height, String title) {}

  /** What stands under a pair. */
  public record Label(String x, String text) {}

  static StepBars ofCourse(Course course) {
    boolean hours = course.step().equals(Duration.ofHours(1));
    List<Pair> pairs = new ArrayList<>();
    for (Step step : course.steps()) {
      String name = (hours ? "hour " : "day ") + (pairs.size() + 1) + (step.last() ? " on" : "");
      pairs.add(new Pair(name, step.count(ActivityKind.OPEN), step.count(ActivityKind.CLICK)));
    }
    return new StepBars(
        pairs,
        "",
        "Opens and clicks by the %s since the first mail; the table below has the figures."
            .formatted(hours ? "hour" : "day"));
  }

  static StepBars ofRates(List<Summary> newestFirst) {
    List<Pair> pairs = new ArrayList<>();
    for (Summary campaign : newestFirst) {
      pairs.add(
          0,
          new Pair(
              ActivitiesPage.name(campaign),
              campaign.rate(ActivityKind.OPEN).orElse(0.0),
              campaign.rate(ActivityKind.CLICK).orElse(0.0)));
    }
    return new StepBars(
        pairs, " %", "Open and click rates of these campaigns; the table below has the figures.");
  }

  public String summary() {
    return summary;
  }

  /** The top of the scale. */
  public String top() {
    return Words.number(Math.round(most)) + unit;
  }

  public String base() {
    return number(HEIGHT - BOTTOM);
  }

  public List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      bar(bars, i, 0, "wait", pair.opens, pair.name + ": opens ");
      bar(bars, i, 1, "good", pair.clicks, pair.name + ": clicks ");
    }
    return bars;
  }

  private void bar(List<Bar> bars, int pair, int place, String look, double value, String what) {
    double width = step() * 0.38;
    double height = (HEIGHT - BOTTOM - TOP) * value / most;
    if (value > 0) {
      bars.add(
          new Bar(
              look,
              number(LEFT + pair * step() + step() * 0.1 + place * width),
              number(HEIGHT - BOTTOM - height),
              number(width),
              number(height),
              what + said(value)));
    }
  }

  private String said(double value) {
    return unit.isEmpty()
        ? Words.number(Math.round(value))
        : String.format(Locale.ENGLISH, "%.1f%s", value, unit);
  }

  private double step() {
    return Math.min(WIDEST, (WIDTH - LEFT) / (double) Math.max(1, pairs.size()));
  }

  /** Names under some pairs; those of campaigns are too long, and stand in the table. */
  public List<Label> labels() {
    List<Label> labels = new ArrayList<>();
    int every = (pairs.size() + MOST_LABELS - 1) / MOST_LABELS;
    for (int i = 0; unit.isEmpty() && i < pairs.size(); i += every) {
      labels.add(new Label(number(LEFT + i * step() + step() * 0.48), pairs.get(i).name));
    }
    return labels;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
