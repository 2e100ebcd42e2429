package org.rollcall.stage;

import org.jspecify.annotations.Nullable;

/** The hub's own database refused or lost staged rows; the source is not to blame. */
public final class StagingException extends RuntimeException {
  StagingException(String sync, String what, @Nullable Throwable cause) {
    super("sync " + sync + ": staging in the hub's database: " + what, cause);
  }
}
