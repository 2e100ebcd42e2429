package org.rollcall.demand;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/**
 * What somebody asked to be run, and what has become of it.
 *
 * @param what is to be run
 * @param by the user's name
 * @param doing what it does or waits for at this moment, in words
 * @param runs once it has ended
 * @param trouble why it came to nothing
 */
public record Request(
    long id,
    What what,
    String by,
    Instant askedAt,
    State state,
    String doing,
    List<Runs.Record> runs,
    @Nullable String trouble) {

  /**
   * A part of a sync, or all of it.
   *
   * @param group absent: all groups
   * @param member absent: all members
   */
  public record What(String sync, @Nullable String group, @Nullable String member) {}

  /** How far a request is. */
  public enum State {
    WAITING,
    RUNNING,
    ENDED
  }

  public boolean over() {
    return state == State.ENDED;
  }

  /** How it ended, for a person; empty before. */
  public String outcome() {
    if (trouble != null) {
      return trouble;
    }
    if (runs.isEmpty()) {
      return "";
    }
    Runs.Record last = runs.get(runs.size() - 1);
    String why = last.error() == null ? last.heldReason() : last.error();
    String words = words(last.state());
    return why == null ? words + "." : words + ": " + why;
  }

  private static String words(RunState state) {
    return switch (state) {
      case COMPLETED -> "Done";
      case PARTIAL -> "Done, but not everything";
      case HELD -> "Held by the guard, a person has to decide";
      case FAILED -> "Failed";
      case PLANNED -> "Planned, nothing was sent";
      case RUNNING -> "Still running";
    };
  }

  Request now(State next, String doing) {
    return new Request(id, what, by, askedAt, next, doing, runs, trouble);
  }

  Request ended(List<Runs.Record> runs, @Nullable String trouble) {
    return new Request(id, what, by, askedAt, State.ENDED, "", List.copyOf(runs), trouble);
  }
}
