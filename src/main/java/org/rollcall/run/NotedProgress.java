package org.rollcall.run;

import java.time.Clock;
import java.time.Instant;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Also keeps the progress in the database, for whoever watches from elsewhere: every new step, and
 * within a step once a second at most. A note that fails is left out; no run fails for it.
 */
final class NotedProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(NotedProgress.class);
  private static final long AT_MOST_EVERY_NANOS = 1_000_000_000L;

  private static final String NOTE =
      """
      INSERT INTO run_progress (run_id, phase, done, todo, since, at)
      VALUES (:run, :phase, :done, :todo, :since, :at)
      ON CONFLICT (run_id) DO UPDATE SET phase = excluded.phase, done = excluded.done,
        todo = excluded.todo, since = excluded.since, at = excluded.at
      """;

  private final Store store;
  private final Clock clock;
  private final long run;
  private final Progress person;
  private String phase = "";
  private Instant since;
  private long notedAt;

  /**
   * @param store is not asked to join what its threads rehearse
   * @param person is told everything as well
   */
  NotedProgress(Store store, Clock clock, long run, Progress person) {
    this.store = new Store(store.pool());
    this.clock = clock;
    this.run = run;
    this.person = person;
    this.since = clock.instant();
  }

  @Override
  public void step(String what) {
    person.step(what);
    synchronized (this) {
      phase = what;
      since = clock.instant();
      note(0, 0);
    }
  }

  @Override
  public void at(long done, long of) {
    person.at(done, of);
    synchronized (this) {
      if (System.nanoTime() - notedAt >= AT_MOST_EVERY_NANOS) {
        note(done, of);
      }
    }
  }

  private void note(long done, long todo) {
    notedAt = System.nanoTime();
    try {
      store.run(
          connection ->
              Query.of(connection, NOTE)
                  .bind("run", run)
                  .bind("phase", phase)
                  .bind("done", done)
                  .bind("todo", todo)
                  .bind("since", since)
                  .bind("at", clock.instant())
                  .update());
    } catch (StoreException e) {
      LOG.debug("the progress of run {} was not noted", run, e);
    }
  }
}
