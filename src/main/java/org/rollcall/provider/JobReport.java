package org.rollcall.provider;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a bulk job stands.
 *
 * @param imports whether it is an import of contacts
 * @param items how many contacts it works on, as far as the provider says so; 0 otherwise
 * @param rowErrors what the provider said about single rows; row 0 is the first contact of the body
 * @param errors what it said about no row in particular
 * @param refused how many rows it did not take, as far as it counts them
 */
public record JobReport(
    String id,
    State state,
    @Nullable Instant createdAt,
    boolean imports,
    int items,
    Map<Integer, String> rowErrors,
    List<String> errors,
    int refused) {
  /** The states of a job that matter to us. */
  public enum State {
    RUNNING,
    DONE,
    /** It ended without doing everything: what it did is found by reading. */
    BROKEN
  }
}
