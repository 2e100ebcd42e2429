package org.rollcall.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.CountWords;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** What a run counted, in words for people. */
public final class Figures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Figures() {}

  /** One number with what it counts. */
  public record Figure(String what, long number) {}

  /** What a plan costs at the provider; {@code percent} is of a day's quota. */
  public record Cost(long calls, long minutes, String percent) {}

  static JsonNode parsed(@Nullable String json) {
    try {
      return JSON.readTree(json == null ? "{}" : json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What there was of it, with what it counts. */
  static List<Figure> of(Runs.Record run) {
    JsonNode counts = parsed(run.counts());
    List<Figure> figures = new ArrayList<>();
    for (String name : CountWords.names()) {
      long number = counts.path(name).asLong();
      if (number > 0) {
        figures.add(new Figure(CountWords.of(name, number), number));
      }
    }
    return figures;
  }

  /** The weightiest of it in one line. */
  public static String brief(Runs.Record run) {
    String error = run.error();
    if (run.state() == RunState.FAILED && error != null) {
      return error;
    }
    String figures =
        of(run).stream()
            .limit(3)
            .map(figure -> "%,d %s".formatted(figure.number(), figure.what()))
            .collect(Collectors.joining(", "));
    return figures.isEmpty() && run.state() == RunState.COMPLETED ? "nothing to do" : figures;
  }

  static @Nullable Cost cost(Runs.Record run) {
    JsonNode forecast = parsed(run.forecast());
    return forecast.has("calls")
        ? new Cost(
            forecast.path("calls").asLong(),
            forecast.path("minutes").asLong(),
            forecast.path("quotaPercent").asText("0"))
        : null;
  }

  /** What the state means, for people. */
  public static String inWords(Runs.Record run) {
    return switch (run.state()) {
      case RUNNING -> "It is under way.";
      case PLANNED -> "A dry run: it was planned, and nothing was sent.";
      case COMPLETED -> "Everything that was planned has been done.";
      case PARTIAL -> "A part is left, which the next run goes on with.";
      case FAILED -> "It did not come to its end. What it had sent stays; the next run goes on.";
      case HELD -> held(run);
    };
  }

  private static String held(Runs.Record run) {
    String decision = run.decision();
    if (decision == null) {
      return "A part of the plan waits for a person; everything else has been done.";
    }
    return decision.equals("rejected")
        ? "What was held has been rejected by " + run.decidedBy() + "."
        : "What was held has been approved by " + run.decidedBy() + ".";
  }

  /** The colour of a state; the word stands beside it. */
  public static String tone(RunState state) {
    return switch (state) {
      case COMPLETED -> "good";
      case RUNNING -> "wait busy";
      case PLANNED -> "quiet";
      case PARTIAL, HELD -> "mind";
      case FAILED -> "bad";
    };
  }
}
