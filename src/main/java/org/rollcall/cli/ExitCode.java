package org.rollcall.cli;

import java.util.List;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** The exit codes of all commands. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int SOME_FAILED = 3;
  static final int HELD = 4;

  private ExitCode() {}

  /** The gravest outcome of several runs. */
  static int of(List<Runs.Record> runs) {
    if (runs.stream().anyMatch(run -> run.state() == RunState.FAILED)) {
      return FAILED;
    }
    if (runs.stream().anyMatch(run -> run.state() == RunState.HELD)) {
      return HELD;
    }
    return runs.stream().anyMatch(run -> run.state() == RunState.PARTIAL) ? SOME_FAILED : DONE;
  }
}
