package org.rollcall.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.pace.Budget.Permit;
import org.rollcall.pace.ProviderException.Verdict;

@Timeout(60)
class BudgetTest {
  private static final DataSource HUB = TestDatabase.fresh();
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Backoff PAUSES =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));

  private final TestClock clock = new TestClock(NOON);
  private final List<Duration> slept = new ArrayList<>();

  /** Where only pauses are waited for: sleeping is moving the clock. */
  private final Budget budget = new Budget(HUB, clock, this::sleep, PAUSES);

  private final String key = "key-" + System.nanoTime();

  @Test
  void never_more_than_n_requests_in_any_sliding_second_over_all_nodes() throws Exception {
    int perSecond = 4;
    ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
    inParallel(
        8,
        worker -> {
          Budget node = new Budget(HUB, clock, Sleeper.REAL, PAUSES);
          Random jitter = new Random(worker);
          for (int i = 0; i < 3; i++) {
            try (Permit permit = node.take(key, perSecond, 1000, 0, Purpose.WORK, MINUTE)) {
              // On its way to the provider, and back: that is what jitter means here.
              Thread.sleep(jitter.nextInt(60));
              arrivals.add(System.nanoTime());
              Thread.sleep(jitter.nextInt(60));
            }
          }
        });

    List<Long> sorted = arrivals.stream().sorted().toList();
    assertThat(sorted).hasSize(24);
    for (int i = perSecond; i < sorted.size(); i++) {
      assertThat(sorted.get(i) - sorted.get(i - perSecond))
          .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    }
  }

  @Test
  void every_permit_is_counted_once_in_the_day() throws Exception {
    inParallel(
        8,
        worker -> {
          for (int i = 0; i < 50; i++) {
            new Budget(HUB, clock, Sleeper.REAL, PAUSES)
                .take(key, 500, 1000, 0, Purpose.WORK, MINUTE)
                .close();
          }
        });

    assertThat(budget.usedToday(key)).isEqualTo(400);
    assertThat(budget.permittedToday(key, 1000, 100, Purpose.WORK)).isEqualTo(500);
  }

  @Test
  void five_hundred_a_second_are_possible() throws Exception {
    long start = System.nanoTime();
    inParallel(
        10,
        worker -> {
          for (int i = 0; i < 100; i++) {
            new Budget(HUB, clock, Sleeper.REAL, PAUSES)
                .take(key, 500, 5000, 0, Purpose.WORK, MINUTE)
                .close();
          }
        });

    double perSecond = 1000 / ((System.nanoTime() - start) / 1e9);
    System.out.printf("budget: %.0f permits a second%n", perSecond);
    assertThat(perSecond).isLessThanOrEqualTo(1000).isGreaterThan(100);
  }

  @Test
  void the_last_requests_of_the_day_are_kept_for_opt_outs() {
    for (int i = 0; i < 7; i++) {
      budget.take(key, 100, 10, 3, Purpose.WORK, MINUTE).close();
    }

    assertThatThrownBy(() -> budget.take(key, 100, 10, 3, Purpose.WORK, MINUTE))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.QUOTA_SPENT))
        .hasMessageContaining("resumes on 2026-11-22 at 00:00 UTC");
    for (int i = 0; i < 3; i++) {
      budget.take(key, 100, 10, 3, Purpose.OPT_OUTS, MINUTE).close();
    }
    assertThatThrownBy(() -> budget.take(key, 100, 10, 3, Purpose.OPT_OUTS, MINUTE))
        .isInstanceOf(ProviderException.class);
    assertThat(budget.usedToday(key)).isEqualTo(10);
  }

  @Test
  void a_new_utc_day_brings_a_new_quota() {
    budget.take(key, 100, 1, 0, Purpose.WORK, MINUTE).close();
    clock.set(Instant.parse("2026-11-22T00:00:00Z"));

    budget.take(key, 100, 1, 0, Purpose.WORK, MINUTE).close();

    assertThat(budget.usedToday(key)).isEqualTo(1);
  }

  @Test
  void a_request_just_before_midnight_counts_in_both_days() {
    clock.set(Instant.parse("2026-11-21T23:59:30Z"));
    budget.take(key, 100, 10, 0, Purpose.WORK, MINUTE).close();
    assertThat(budget.usedToday(key)).isEqualTo(1);

    clock.move(MINUTE);

    assertThat(budget.usedToday(key)).isEqualTo(1);
  }

  @Test
  void a_quota_of_nothing_permits_nothing() {
    assertThatThrownBy(() -> budget.take(key, 4, 0, 0, Purpose.WORK, MINUTE))
        .isInstanceOf(ProviderException.class);
    assertThat(budget.usedToday(key)).isZero();
  }

  @Test
  void when_the_provider_says_the_quota_is_gone_nothing_goes_before_midnight() {
    budget.daySpent(key);

    assertThat(budget.permittedToday(key, 10, 0, Purpose.OPT_OUTS)).isZero();
    assertThatThrownBy(() -> budget.take(key, 4, 10, 0, Purpose.OPT_OUTS, MINUTE))
        .isInstanceOf(ProviderException.class);
    clock.set(Instant.parse("2026-11-22T00:00:00Z"));
    budget.take(key, 4, 10, 0, Purpose.WORK, MINUTE).close();
  }

  @Test
  void a_quota_gone_right_after_midnight_may_be_yesterdays() {
    clock.set(Instant.parse("2026-11-22T00:00:01Z"));
    budget.daySpent(key);

    budget.take(key, 4, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(clock.instant()).isEqualTo("2026-11-22T00:02:00Z");
  }

  @Test
  void a_pause_holds_everybody_with_the_key() {
    budget.pauseUntil(key, NOON.plusSeconds(30));
    budget.pauseUntil(key, NOON.plusSeconds(10));

    budget.take(key, 4, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(slept).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void pauses_grow_while_the_provider_goes_on_throttling_and_are_forgiven_later() {
    for (int i = 0; i < 3; i++) {
      budget.throttled(key);
      budget.throttled(key);
      budget.take(key, 4, 10, 0, Purpose.WORK, MINUTE).close();
    }
    assertThat(slept).hasSize(3);
    assertThat(slept.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(slept.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(slept.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));

    clock.move(Duration.ofMinutes(3));
    budget.throttled(key);
    budget.take(key, 4, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(slept.get(3)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_crashed_holder_blocks_its_slot_until_its_deadline_and_no_longer() {
    Budget real = new Budget(HUB, clock, Sleeper.REAL, PAUSES);
    long start = System.nanoTime();
    real.take(key, 1, 10, 0, Purpose.WORK, Duration.ofMillis(300));

    real.take(key, 1, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1300), Duration.ofSeconds(10));
  }

  @Test
  void a_database_clock_that_jumps_ahead_lets_nothing_through_too_early() throws Exception {
    Budget real = new Budget(HUB, clock, Sleeper.REAL, PAUSES);
    real.take(key, 1, 10, 0, Purpose.WORK, MINUTE).close();
    long start = System.nanoTime();
    move("free_at - interval '1 hour'");

    real.take(key, 1, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(800));
  }

  @Test
  void a_database_clock_that_was_put_back_holds_nobody_up() throws Exception {
    Budget real = new Budget(HUB, clock, Sleeper.REAL, PAUSES);
    real.take(key, 1, 10, 0, Purpose.WORK, MINUTE).close();
    move("free_at + interval '1 hour'");
    long start = System.nanoTime();

    real.take(key, 1, 10, 0, Purpose.WORK, MINUTE).close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private void move(String to) throws Exception {
    try (Connection connection = HUB.getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE pace_slot SET free_at = " + to)) {
      update.executeUpdate();
    }
  }

  @Test
  void a_holder_past_its_deadline_does_not_free_the_slot_of_its_successor() throws Exception {
    Budget real = new Budget(HUB, clock, Sleeper.REAL, PAUSES);
    Permit late = real.take(key, 1, 10, 0, Purpose.WORK, Duration.ofMillis(1));
    Permit successor = real.take(key, 1, 10, 0, Purpose.WORK, MINUTE);

    late.close();

    assertThat(secondsUntilFree()).isGreaterThan(30);
    successor.close();
    assertThat(secondsUntilFree()).isLessThan(2);
  }

  @Test
  void the_api_key_is_not_stored() throws Exception {
    budget.take("canary-key", 1, 10, 0, Purpose.WORK, MINUTE).close();
    budget.throttled("canary-key");

    try (Connection connection = HUB.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT COUNT(*) FROM (SELECT api_key FROM pace_slot UNION ALL SELECT api_key FROM"
                    + " pace_day UNION ALL SELECT api_key FROM pace_pause) AS k WHERE api_key LIKE"
                    + " '%canary%'")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  private double secondsUntilFree() throws Exception {
    try (Connection connection = HUB.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT EXTRACT(EPOCH FROM free_at - clock_timestamp()) FROM pace_slot"
                    + " WHERE api_key = ?")) {
      select.setString(1, Budget.digest(key));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    }
  }

  private void sleep(Duration duration) {
    slept.add(duration);
    clock.move(duration);
  }

  private interface Worker {
    void work(int number) throws Exception;
  }

  private static void inParallel(int threads, Worker worker) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        results.add(
            pool.submit(
                () -> {
                  worker.work(number);
                  return null;
                }));
      }
      for (Future<?> result : results) {
        result.get(50, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
