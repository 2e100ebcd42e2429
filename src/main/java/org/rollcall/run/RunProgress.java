package org.rollcall.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run under way has come, as it last told.
 *
 * @param phase what it is doing, in words
 * @param done of this phase
 * @param todo all there is in this phase, 0 when that is not known
 * @param since when the phase began
 * @param at when the run told this
 */
public record RunProgress(long run, String phase, long done, long todo, Instant since, Instant at) {
  /** Shorter stretches say nothing about the pace. */
  private static final Duration TELLING = Duration.ofSeconds(2);

  /** In percent, empty when nobody knows how much there is. */
  public Optional<Integer> percent() {
    return todo <= 0 ? Optional.empty() : Optional.of((int) (Math.min(done, todo) * 100 / todo));
  }

  /** How long this phase will take at its pace so far; empty while that cannot be told. */
  public Optional<Duration> left() {
    Duration spent = Duration.between(since, at);
    if (todo <= 0 || done <= 0 || spent.compareTo(TELLING) < 0) {
      return Optional.empty();
    }
    double each = spent.toMillis() / (double) done;
    return Optional.of(Duration.ofMillis(Math.round(each * Math.max(0, todo - done))));
  }
}
