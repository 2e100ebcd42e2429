package org.rollcall.settings;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of members who open and click nothing for long.
 *
 * @param after how long
 * @param without groups that they leave, by name or pattern
 * @param only groups that nobody else is in, by name or pattern
 */
public record Silence(Duration after, List<String> without, List<String> only) {
  /** Whether any group asks. */
  public boolean decides() {
    return !without.isEmpty() || !only.isEmpty();
  }
}
