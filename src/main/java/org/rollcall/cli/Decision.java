package org.rollcall.cli;

import org.rollcall.hub.Hub;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** A person's word about a held run. */
final class Decision {
  private Decision() {}

  /**
   * @param decision {@code approved} or {@code rejected}
   * @throws IllegalStateException when there is nothing to decide
   */
  static Runs.Record onHeld(Hub hub, long id, String decision) {
    Runs.Record run =
        hub.runs().find(id).orElseThrow(() -> new IllegalStateException("there is no run " + id));
    if (run.state() != RunState.HELD) {
      throw new IllegalStateException("run " + id + " is not held, it is " + run.state().word());
    }
    if (!hub.runs().decide(id, decision, System.getProperty("user.name", "unknown"))) {
      throw new IllegalStateException(
          "run " + id + " was decided before: " + hub.runs().find(id).orElseThrow().decision());
    }
    return run;
  }
}
