package org.rollcall.demand;

import org.jspecify.annotations.Nullable;
import org.rollcall.user.Audit;

/**
 * Who asks.
 *
 * @param name of the user or token, for the audit
 * @param key names the wish for good: whoever asks under it again is told what became of it
 */
public record Asker(Audit.Through through, String name, @Nullable String key) {
  public static Asker console(String user) {
    return new Asker(Audit.Through.CONSOLE, user, null);
  }
}
