package org.rollcall.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Threads for one kind of work, with room for so much of it. Each kind has its own, so that
 * strangers at the door and slow readers of files keep nobody from the pages.
 */
final class Lane {
  private final WorkerExecutor threads;
  private final Semaphore room;

  /**
   * @param waiting so much may wait when all threads are busy; more is turned away
   */
  Lane(Vertx vertx, String name, int threads, int waiting) {
    // what is under way for long is a file on its way; the pool's own complaint would be noise
    this.threads = vertx.createSharedWorkerExecutor(name, threads, 1, TimeUnit.HOURS);
    this.room = new Semaphore(threads + waiting);
  }

  /**
   * @return false when there is no room, and nothing was done
   */
  boolean run(Runnable work, Consumer<Throwable> onFailure) {
    if (!room.tryAcquire()) {
      return false;
    }
    threads
        .<Void>executeBlocking(
            () -> {
              try {
                work.run();
              } finally {
                room.release();
              }
              return null;
            },
            false)
        .onFailure(onFailure::accept);
    return true;
  }
}
