package org.rollcall.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is counted in the database, as of one moment. Names of accounts, syncs and jobs
 * are the only words in it; groups come in when the settings ask for them.
 */
record Figures(Instant at, List<Account> accounts, List<Sync> syncs) {
  /**
   * How an account stands.
   *
   * @param token connected, reconnect, or new when none was taken over yet
   * @param lastSuccess when a run of it last ended well
   * @param used requests of this UTC day, of everybody with the same API key
   * @param openJobs batches and bulk jobs of which the outcome is not known yet
   * @param busy whether somebody writes to it now
   */
  record Account(
      String name,
      String token,
      @Nullable Instant expiresAt,
      @Nullable Instant lastSuccess,
      long limit,
      long used,
      long left,
      long openJobs,
      boolean busy) {}

  /**
   * How a sync stands.
   *
   * @param held plans that wait for a person
   * @param groups members by group, empty unless asked for
   */
  record Sync(
      String name,
      String account,
      long members,
      long eligible,
      long held,
      long deadLetters,
      long conflicts,
      boolean busy,
      List<LastRun> runs,
      Map<String, Long> groups) {}

  /** The newest run of a job. */
  record LastRun(
      String job,
      String state,
      Instant startedAt,
      @Nullable Instant finishedAt,
      Map<String, Long> counts) {}
}
