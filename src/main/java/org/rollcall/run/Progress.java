package org.rollcall.run;

/** Tells a person how far a run has come; the command line draws it, a service logs it. */
public interface Progress {
  Progress NONE =
      new Progress() {
        @Override
        public void step(String what) {}

        @Override
        public void at(long done, long of) {}
      };

  /** A run began under this number; of several jobs, each has its own. */
  default void begun(long run) {}

  /** A new step began. */
  void step(String what);

  /** So much of the step is done; {@code of} is 0 when the total is unknown. */
  void at(long done, long of);
}
