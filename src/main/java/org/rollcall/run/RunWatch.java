package org.rollcall.run;

import java.util.function.Supplier;

/** Is told of every run of this process, on the thread that runs it. */
public interface RunWatch {
  RunWatch NONE = run -> (record, outcomes) -> {};

  /** A run begins now; whatever is given back is told when it has ended. */
  Begun begun(Run run);

  /** A run that is under way. */
  @FunctionalInterface
  interface Begun extends AutoCloseable {
    /**
     * The run ended and was noted. Not called when the database kept it from being noted.
     *
     * @param outcomes counts the changes when asked
     */
    void ended(Runs.Record record, Supplier<Outcomes> outcomes);

    /** In any case, after everything else. */
    @Override
    default void close() {}
  }
}
