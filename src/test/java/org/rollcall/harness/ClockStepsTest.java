package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Fault;
import org.rollcall.sandbox.Fault.Effect;

/** The host's clock is put right by an hour in the middle of a run (failure B6). */
class ClockStepsTest {
  private static final String IMPORT = "/v3/activities/contacts_json_import";

  private volatile Duration offset = Duration.ZERO;

  static Stream<Arguments> steps() {
    return Stream.of("PT1H", "PT-1H")
        .map(Duration::parse)
        .flatMap(step -> Stream.of(0, 1, 6).map(call -> arguments(step, call)));
  }

  /**
   * @param call with which the step comes; with 0 in the pause after "too many requests"
   */
  @ParameterizedTest
  @MethodSource("steps")
  void a_step_neither_ends_a_run_nor_makes_it_wait_nor_hurry(Duration step, int call)
      throws Exception {
    try (Scene scene = Scene.open().pace(4).clock(new HostClock());
        Tap tap = scene.tap()) {
      put(scene, 0, 20);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      put(scene, 10, 30);
      if (call == 0) {
        scene.provider().addFault(Fault.of("POST", IMPORT, Effect.THROTTLED));
      }
      tap.watch(stepping(scene, step, call));

      Runs.Record run = CompletableFuture.supplyAsync(scene::sync).get(60, TimeUnit.SECONDS);

      assertThat(run.state()).as(run.error()).isEqualTo(RunState.COMPLETED);
      assertThat(offset).isEqualTo(step);
      assertThat(
              scene.ask(
                  "SELECT count(*) FROM pace_slot"
                      + " WHERE free_at > clock_timestamp() + interval '1 minute'"))
          .as("slots that nobody can use")
          .isEqualTo("0");
      new Check(scene).converged();
      scene.provider().clearJournal();
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.provider().journal())
          .noneMatch(e -> e.path().startsWith("/v3") && !e.method().equals("GET"));
    }
  }

  static Stream<Duration> both() {
    return Stream.of(Duration.ofHours(1), Duration.ofHours(-1));
  }

  @ParameterizedTest
  @MethodSource("both")
  void a_job_that_never_ends_is_given_up_after_its_deadline_as_ever(Duration step)
      throws Exception {
    try (Scene scene = Scene.open().clock(new HostClock());
        Tap tap = scene.tap()) {
      put(scene, 0, 3);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      put(scene, 3, 6);
      scene.provider().addFault(Fault.of("POST", IMPORT, Effect.ACTIVITY_STUCK));
      AtomicBoolean stepped = new AtomicBoolean();
      tap.watch(
          new Tap.Watch() {
            @Override
            public boolean answered(int number, String what) {
              if (what.endsWith(IMPORT) && stepped.compareAndSet(false, true)) {
                step(scene, step);
              }
              return true;
            }
          });
      long begun = System.nanoTime();

      Runs.Record run = CompletableFuture.supplyAsync(scene::sync).get(60, TimeUnit.SECONDS);

      assertThat(run.error()).contains("a bulk job did not end within");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
      scene.provider().releaseStuckActivities();
      assertThat(scene.syncUntilCompleted(2).state()).isEqualTo(RunState.COMPLETED);
      new Check(scene).converged();
    }
  }

  private Tap.Watch stepping(Scene scene, Duration step, int call) {
    return new Tap.Watch() {
      @Override
      public boolean arrived(int number, String what) {
        if (number == call) {
          step(scene, step);
        }
        return true;
      }

      @Override
      public boolean answered(int number, String what) {
        if (call == 0 && what.endsWith(IMPORT) && offset.isZero()) {
          CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
              .execute(() -> step(scene, step));
        }
        return true;
      }
    };
  }

  /**
   * The database's clock cannot be moved here. What it noted moves the other way, which is the
   * same. The provider's clock goes on, and so do its tokens, one of which has just ended.
   */
  private void step(Scene scene, Duration step) {
    offset = step;
    String seconds = " - interval '1 second' * " + step.toSeconds();
    scene.tell("UPDATE pace_slot SET free_at = free_at" + seconds);
    scene.tell("UPDATE lease SET until = until" + seconds + " WHERE until > '-infinity'");
    scene.provider().expireAccessTokens();
  }

  private static void put(Scene scene, int from, int to) {
    scene
        .source()
        .put(
            IntStream.range(from, to)
                .mapToObj(
                    i ->
                        SourceRow.person("m" + i, "Board", "m" + i + "@example.org")
                            .withName("First" + from, "Last"))
                .toList());
  }

  /** The host's clock, off by so much. */
  private final class HostClock extends Clock {
    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
