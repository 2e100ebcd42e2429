package org.rollcall.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Backoff;
import org.rollcall.run.Lease;
import org.rollcall.settings.MailSettings;
import org.rollcall.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands over what waits in the outbox, later again what the server did not take. */
final class Post {
  private static final Logger LOG = LoggerFactory.getLogger(Post.class);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMinutes(1), LONGEST_PAUSE, new Random());

  private final MailSettings settings;
  private final Store store;
  private final Outbox outbox;
  private final Smtp smtp;
  private final Clock clock;
  private volatile @Nullable String trouble;

  Post(MailSettings settings, Store store, Outbox outbox, Smtp smtp, Clock clock) {
    this.settings = settings;
    this.store = store;
    this.outbox = outbox;
    this.smtp = smtp;
    this.clock = clock;
  }

  /** Why the last message was not taken; null when it was. */
  @Nullable String trouble() {
    return trouble;
  }

  /** One message, now and without the outbox. */
  Handover sendNow(Message message) {
    return smtp.send(
        new Envelope(UUID.randomUUID(), clock.instant(), settings.from(), settings.to(), message));
  }

  /**
   * Sends what may be sent now, the oldest first, until the server cannot be reached.
   *
   * @param lease of whoever sends; several hubs have one outbox
   */
  void deliver(Lease lease, BooleanSupplier stopping) {
    Optional<Outbox.Waiting> next = outbox.next(clock.instant());
    while (next.isPresent() && !stopping.getAsBoolean() && deliver(lease, next.get())) {
      next = outbox.next(clock.instant());
    }
  }

  /** Whether it makes sense to go on with another message. */
  private boolean deliver(Lease lease, Outbox.Waiting mail) {
    Instant now = clock.instant();
    List<String> to =
        settings.to().stream().filter(address -> !mail.had().contains(address)).toList();
    if (to.isEmpty()) {
      outbox.sent(mail, now);
      return true;
    }
    store.run(
        connection -> {
          lease.fence(connection);
          Outbox.begin(connection, mail, now.plus(BACKOFF.after(mail.attempts() + 1)));
        });
    Handover handover =
        smtp.send(
            new Envelope(mail.messageId(), mail.writtenAt(), settings.from(), to, mail.message()));
    Handover.Trouble met = handover.trouble();
    if (met == null) {
      outbox.sent(mail, clock.instant());
      wellAgain();
      return true;
    }
    keep(mail, handover.taken(), met);
    return met.reached();
  }

  private void keep(Outbox.Waiting mail, Set<String> taken, Handover.Trouble met) {
    note(met.sentence());
    Instant now = clock.instant();
    Set<String> had = new LinkedHashSet<>(mail.had());
    had.addAll(taken);
    if (now.isAfter(mail.writtenAt().plus(settings.giveUpAfter()))) {
      outbox.giveUp(mail, met.sentence(), now);
      LOG.error(
          "the message \"{}\" was given up after {} attempts: {}",
          mail.message().subject(),
          mail.attempts() + 1,
          met.sentence());
      return;
    }
    Duration pause = met.forGood() ? LONGEST_PAUSE : BACKOFF.after(mail.attempts() + 1);
    outbox.failed(mail, had, met.sentence(), now.plus(pause));
  }

  /** Told once, and not with every attempt. */
  private void note(String sentence) {
    if (!sentence.equals(trouble)) {
      LOG.warn("a message could not be handed over and is tried again: {}", sentence);
    }
    trouble = sentence;
  }

  private void wellAgain() {
    if (trouble != null) {
      LOG.info("the mail server takes messages again");
    }
    trouble = null;
  }
}
