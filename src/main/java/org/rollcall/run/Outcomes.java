package org.rollcall.run;

import java.util.List;

/** What became of a run's changes, counted. */
public record Outcomes(Counts counts, List<Share> changes) {
  /**
   * Changes of one kind that came out alike.
   *
   * @param kind import, remove, move or resubscribe
   * @param outcome applied, held, waiting, failed, unsubscribed or unseen
   */
  public record Share(String kind, String outcome, long changes) {}
}
