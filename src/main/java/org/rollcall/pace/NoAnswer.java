package org.rollcall.pace;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request without a complete answer. */
public final class NoAnswer extends IOException {
  private final boolean sent;

  NoAnswer(boolean sent, String why, @Nullable Throwable cause) {
    super(why, cause);
    this.sent = sent;
  }

  /** Whether any of it may have reached the provider; if not, nothing can have happened there. */
  public boolean sent() {
    return sent;
  }
}
