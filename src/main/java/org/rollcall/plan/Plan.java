package org.rollcall.plan;

import org.rollcall.run.Run;

/**
 * What a run would change.
 *
 * @param imported contacts to be sent, {@code removed} contacts to be taken off lists, {@code
 *     moved} contacts that get another address, {@code resubscribed} contacts to be asked whether
 *     they come back
 * @param layout how the contacts are grouped into imports
 */
public record Plan(
    Run run,
    long imported,
    long removed,
    long moved,
    long resubscribed,
    ImportLayout layout,
    Forecast forecast) {
  public boolean empty() {
    return imported + removed + moved + resubscribed == 0;
  }
}
