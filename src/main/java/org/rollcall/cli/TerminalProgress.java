package org.rollcall.cli;

import org.rollcall.run.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A progress bar on stderr when somebody watches, log lines when nobody does. */
final class TerminalProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger("rollcall");
  private static final int WIDTH = 30;

  private final boolean watched = Terminal.console().isPresent();
  private String step = "";
  private long drawnAt;

  @Override
  public void step(String what) {
    step = what;
    LOG.info("{}", what);
    if (watched) {
      draw(what);
    }
  }

  @Override
  public void at(long done, long of) {
    long now = System.nanoTime();
    if (!watched || (now - drawnAt < 100_000_000L && done != of)) {
      return;
    }
    drawnAt = now;
    draw(
        of > 0
            ? "%s %s %,d of %,d".formatted(step, bar(done, of), done, of)
            : "%s %,d".formatted(step, done));
  }

  void done() {
    if (watched) {
      draw("");
    }
  }

  private static String bar(long done, long of) {
    int filled = (int) Math.min(WIDTH, done * WIDTH / of);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "]";
  }

  private static void draw(String line) {
    System.err.print("\r\u001b[K" + line);
    System.err.flush();
  }
}
