package org.rollcall.cli;

import org.rollcall.hub.Hub;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** A person's word about a held run. */
final class Decision {
  private Decision() {}

  /**
   * @param released false when another person has to approve, too
   */
  record Made(Runs.Record run, boolean released) {}

  /**
   * @param decision {@code approved} or {@code rejected}
   * @throws IllegalStateException when there is nothing to decide, or not for this person
   */
  static Made onHeld(Hub hub, long id, String decision) {
    Runs.Record run =
        hub.runs().find(id).orElseThrow(() -> new UnknownScope("there is no run " + id));
    if (run.state() != RunState.HELD) {
      throw new IllegalStateException("run " + id + " is not held, it is " + run.state().word());
    }
    return switch (hub.runs().decide(id, decision, HubOptions.user())) {
      case DONE -> {
        HubOptions.note(hub, decision + " a plan", run.sync(), "run " + id);
        yield new Made(run, true);
      }
      case FIRST -> {
        HubOptions.note(hub, "approved a plan as the first of two", run.sync(), "run " + id);
        yield new Made(run, false);
      }
      case SAME_PERSON ->
          throw new IllegalStateException(
              "you have approved run %d already; somebody else has to approve it, too"
                  .formatted(id));
      case TOO_LATE ->
          throw new IllegalStateException(
              "run "
                  + id
                  + " was decided before: "
                  + hub.runs().find(id).orElseThrow().decisionInWords());
    };
  }
}
