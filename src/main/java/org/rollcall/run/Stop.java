package org.rollcall.run;

import org.jspecify.annotations.Nullable;

/** Says why a run should go no further. A run asks between its calls, never during one. */
@FunctionalInterface
public interface Stop {
  Stop NEVER = () -> null;

  /** Null as long as the run may go on. */
  @Nullable Reason reason();

  /** Whichever of the two says so first; this one when both do. */
  default Stop or(Stop other) {
    return () -> {
      Reason ours = reason();
      return ours != null ? ours : other.reason();
    };
  }

  /**
   * @param sentence for the run's record
   * @param atOnce not even jobs that the provider is working off are waited for; the next run finds
   *     out how they ended
   */
  record Reason(String sentence, boolean atOnce) {}

  /** Leaves a step; what was done so far stays, and the run is parked. */
  final class Stopped extends RuntimeException {
    private final boolean atOnce;

    public Stopped(Reason reason) {
      super(reason.sentence());
      this.atOnce = reason.atOnce();
    }

    public boolean atOnce() {
      return atOnce;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
