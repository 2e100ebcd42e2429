package org.rollcall.alert;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.rollcall.pace.Budget;
import org.rollcall.run.Lease;
import org.rollcall.run.Leases;
import org.rollcall.settings.MailSettings;
import org.rollcall.settings.Settings;
import org.rollcall.store.Store;

/** Everything about messages to staff, built in one place. */
public final class Mailroom implements AutoCloseable {
  private static final String LEASE = "messages to staff";

  private final Leases leases;
  private final Outbox outbox;
  private final Watch watch;
  private final Digest digest;
  private final Post post;
  private final Smtp smtp;
  private final Clock clock;

  /**
   * @param settings with those of mail
   * @param clock of the schedule and of what is told
   * @param certificates decides which mail servers are trusted
   */
  public Mailroom(
      Settings settings,
      Store store,
      Budget budget,
      Times times,
      Clock clock,
      SSLSocketFactory certificates) {
    MailSettings mail = Objects.requireNonNull(settings.mail(), "nothing is mailed");
    Conditions conditions = new Conditions(settings, mail, store, budget, times, clock);
    Words words = new Words(mail.zone(), mail.console());
    this.clock = clock;
    this.leases = new Leases(store);
    this.outbox = new Outbox(store);
    this.smtp = new Smtp(mail.server(), certificates);
    this.watch = new Watch(conditions, words, store, clock);
    this.digest = new Digest(settings, mail, store, conditions, words, times, clock);
    this.post = new Post(mail, store, outbox, smtp, clock);
  }

  /** Tells what is new and sends what waits; when another hub does so, nothing. */
  void work(BooleanSupplier stopping) {
    try (Lease lease = leases.take(LEASE).orElse(null)) {
      if (lease != null) {
        watch.look(lease);
        digest.look(lease);
        post.deliver(lease, stopping);
      }
    }
  }

  /** The digest as it would be sent now. */
  public Message digest() {
    return digest.compose(clock.instant());
  }

  /** Sends a message at once, past the outbox. */
  public Handover send(Message message) {
    return post.sendNow(message);
  }

  /** What is sent to see whether messages arrive. */
  public Message test() {
    return new Message(
        "Rollcall: this is a test",
        """
        Somebody tried whether messages from Rollcall arrive. This one did.

        There is nothing to do.
        """);
  }

  /** The last messages, the newest first. */
  public List<Outbox.Entry> last(int count) {
    return outbox.last(count);
  }

  /** For whoever asks how the service is. */
  public Map<String, Object> health() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("waiting", outbox.waiting());
    shown.put("trouble", post.trouble());
    return shown;
  }

  @Override
  public void close() {
    smtp.close();
    leases.close();
  }
}
