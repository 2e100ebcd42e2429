package org.rollcall.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a home's server, counted over processes by locks on one file, which the operating system
 * drops when a process dies, however it dies.
 *
 * <p>The first byte is held alone while the server is looked at, started or stopped. The second is
 * shared by all users; whoever leaves and then gets it alone was the last. A process holds each
 * file once, however often it opens the home: closing a second channel would drop the first's
 * locks.
 */
final class HomeLock {
  private static final Map<Path, HomeLock> OPEN = new HashMap<>();
  private static final long GUARD = 0;
  private static final long USERS = 1;

  /** What is done while no other process may look at the server. */
  @FunctionalInterface
  interface Step {
    /**
     * @param alone whether nobody else uses the home
     */
    void run(boolean alone) throws IOException;
  }

  private final FileChannel channel;
  private @Nullable FileLock using;
  private int users;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Runs the step alone, then counts the caller as a user of the home. */
  static void enter(Path file, Step start) throws IOException {
    synchronized (OPEN) {
      HomeLock lock = OPEN.get(file);
      if (lock == null) {
        lock = new HomeLock(open(file));
        OPEN.put(file, lock);
      }
      try (FileLock guard = lock.channel.lock(GUARD, 1, false)) {
        start.run(lock.isAlone());
        lock.join();
      } finally {
        lock.closeIfUnused(file);
      }
    }
  }

  /** Counts the caller out and, if nobody else uses the home, runs the step alone. */
  static void leave(Path file, Step stop) throws IOException {
    synchronized (OPEN) {
      HomeLock lock = OPEN.get(file);
      if (lock == null) {
        return;
      }
      lock.users--;
      if (lock.users > 0) {
        return;
      }
      try (FileLock guard = lock.channel.lock(GUARD, 1, false)) {
        lock.stopIfLast(stop);
      } finally {
        lock.closeIfUnused(file);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private boolean isAlone() throws IOException {
    if (using != null) {
      return false;
    }
    try (FileLock alone = channel.tryLock(USERS, 1, false)) {
      return alone != null;
    }
  }

  private void join() throws IOException {
    if (using == null) {
      using = channel.lock(USERS, 1, true);
    }
    users++;
  }

  private void stopIfLast(Step stop) throws IOException {
    if (using != null) {
      using.release();
      using = null;
    }
    try (FileLock alone = channel.tryLock(USERS, 1, false)) {
      if (alone != null) {
        stop.run(true);
      }
    }
  }

  private void closeIfUnused(Path file) throws IOException {
    if (users == 0) {
      OPEN.remove(file);
      channel.close();
    }
  }
}
