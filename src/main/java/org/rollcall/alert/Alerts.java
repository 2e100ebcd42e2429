package org.rollcall.alert;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again, on a thread of its own: however slow the mail server is, whoever calls is
 * not kept.
 */
public final class Alerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final Mailroom mailroom;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile boolean stopping;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "mail");
            made.setDaemon(true);
            return made;
          });

  public Alerts(Mailroom mailroom) {
    this.mailroom = mailroom;
  }

  /** Begins to look unless it is under way, and returns at once; called by a route. */
  public void look() {
    if (busy.compareAndSet(false, true)) {
      try {
        thread.execute(this::work);
      } catch (RejectedExecutionException e) {
        busy.set(false);
      }
    }
  }

  private void work() {
    try {
      mailroom.work(() -> stopping);
    } catch (RuntimeException e) {
      if (!stopping) {
        LOG.warn("messages to staff wait: {}", e.getMessage());
        LOG.debug("messages to staff", e);
      }
    } finally {
      busy.set(false);
    }
  }

  public Map<String, Object> health() {
    return mailroom.health();
  }

  /** Does not wait for the mail server: what is under way is sent again after the next start. */
  @Override
  public void close() {
    stopping = true;
    thread.shutdownNow();
    mailroom.close();
  }
}
