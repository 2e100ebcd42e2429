package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatestFiguresTest {
  private final AtomicInteger readings = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private boolean away;
  private Executor threads = Runnable::run;
  private final LatestFigures latest =
      new LatestFigures(this::read, work -> threads.execute(work), nanos::get);

  private Figures read() {
    int reading = readings.incrementAndGet();
    if (away) {
      throw new IllegalStateException("the database is away");
    }
    return new Figures(Instant.ofEpochSecond(reading), List.of(), List.of());
  }

  @Test
  void however_often_somebody_looks_the_database_is_read_every_15_seconds() {
    for (int i = 0; i < 50; i++) {
      latest.get();
    }
    assertThat(readings).hasValue(1);

    nanos.addAndGet(LatestFigures.FRESH.toNanos());
    assertThat(latest.get().orElseThrow().at()).isEqualTo(Instant.ofEpochSecond(2));
    assertThat(readings).hasValue(2);
  }

  @Test
  void while_the_database_is_away_the_last_figures_stand_and_it_is_said() {
    latest.get();
    away = true;
    nanos.addAndGet(LatestFigures.FRESH.toNanos());

    assertThat(latest.get().orElseThrow().at()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(latest.answered()).isFalse();

    away = false;
    nanos.addAndGet(LatestFigures.FRESH.toNanos());
    assertThat(latest.get().orElseThrow().at()).isEqualTo(Instant.ofEpochSecond(3));
    assertThat(latest.answered()).isTrue();
  }

  @Test
  void one_waits_for_a_database_that_hangs_and_the_others_get_the_last_figures_at_once() {
    latest.get();
    threads = work -> {};
    nanos.addAndGet(LatestFigures.FRESH.toNanos());
    latest.get();
    assertThat(latest.answered()).isFalse();

    long before = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      assertThat(latest.get()).isPresent();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void a_database_that_never_answered_gives_nothing_and_no_error() {
    away = true;
    assertThat(latest.get()).isEmpty();
    assertThat(latest.answered()).isFalse();
  }
}
