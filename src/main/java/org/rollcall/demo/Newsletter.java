package org.rollcall.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.ActivityLog;
import org.rollcall.demo.DemoReport.Deed;
import org.rollcall.demo.DemoReport.Timeline;
import org.rollcall.sandbox.Control;

/** A newsletter to a chapter, what its members do with it, and one of them in particular. */
final class Newsletter {
  /** By then nearly everybody who opens it at all has done so. */
  static final Duration AGO = Duration.ofDays(9);

  private static final String NAME = "Harbour news";
  private static final long SEED = 11;

  private final Control provider;
  private @Nullable String campaign;

  Newsletter(Control provider) {
    this.provider = provider;
  }

  /** The account's past begins early enough for people to have read it by today. */
  void turnBack() {
    provider.setClock(Instant.now().minus(AGO));
  }

  /** Staff send it, and the days go by. */
  void send() {
    campaign = provider.campaigns().send(NAME, List.of(Teams.HARBOUR), SEED);
    Instant sent = provider.now();
    provider.setClock(Instant.now());
    provider.expireAccessTokens();
    reads("opens", sent.plus(Duration.ofHours(2)), null);
    reads("clicks", sent.plus(Duration.ofHours(2)).plusSeconds(74), 0);
    reads("forwards", sent.plus(Duration.ofHours(27)), null);
  }

  private void reads(String what, Instant at, @Nullable Integer link) {
    provider.campaigns().happens(String.valueOf(campaign), what, Cast.READER, at, link, null);
  }

  /** What the hub knows of the reader in the end, the first first. */
  static Timeline timeline(ActivityLog log, String sync, long activities, long requests) {
    List<Deed> deeds = new ArrayList<>();
    log.each(
        sync,
        Cast.READER_KEY,
        null,
        null,
        entry -> deeds.add(0, new Deed(entry.at(), entry.what(), entry.campaign(), entry.link())));
    return new Timeline(
        Cast.READER_KEY, Cast.READER_NAME, activities, requests, List.copyOf(deeds));
  }
}
