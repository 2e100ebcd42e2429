package org.rollcall.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.demand.OnDemand.Answer;
import org.rollcall.demand.Request.What;
import org.rollcall.run.Scope;

class OnDemandTest {
  private static final What ALL = new What("chamber", null, null);

  private final LinkedBlockingQueue<Scope> begun = new LinkedBlockingQueue<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final OnDemand demand =
      new OnDemand(
          (sync, jobs, scope, progress) -> {
            begun.add(scope);
            progress.step("reading the source");
            await();
            if (scope.group() != null) {
              throw new IllegalStateException("there is no such group");
            }
            return List.of();
          },
          Clock.systemUTC());

  private void await() {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    go.countDown();
    demand.close();
  }

  @Test
  void the_same_wish_runs_once_and_two_at_a_time() throws InterruptedException {
    assertThat(demand.ask(ALL, "ann")).isEqualTo(Answer.BEGUN);
    assertThat(demand.ask(ALL, "bob")).isEqualTo(Answer.ALREADY);
    assertThat(demand.ask(new What("chamber", "Board", null), "bob")).isEqualTo(Answer.BEGUN);
    assertThat(demand.ask(new What("chamber", null, "m1"), "bob")).isEqualTo(Answer.BEGUN);

    assertThat(begun.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(begun.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(begun.poll(200, TimeUnit.MILLISECONDS)).as("a third at a time").isNull();
    assertThat(demand.requests("chamber"))
        .extracting(Request::doing)
        .containsExactly("waiting for its turn", "reading the source", "reading the source");
    assertThat(demand.requests("other")).isEmpty();

    go.countDown();
    assertThat(begun.poll(5, TimeUnit.SECONDS)).isEqualTo(new Scope(null, "m1", false));
  }

  @Test
  void what_comes_to_nothing_says_why() {
    go.countDown();
    demand.ask(new What("chamber", "Board", null), "ann");
    demand.stop();

    assertThat(demand.awaitEnd(Duration.ofSeconds(5))).isTrue();
    assertThat(demand.requests("chamber").get(0).over()).isTrue();
    assertThat(demand.requests("chamber").get(0).outcome())
        .matches("there is no such group|Rollcall stopped before this began; ask again");
  }

  @Test
  void nothing_is_begun_while_rollcall_stops() throws InterruptedException {
    demand.ask(ALL, "ann");
    demand.ask(new What("chamber", null, "m1"), "ann");
    begun.poll(5, TimeUnit.SECONDS);
    begun.poll(5, TimeUnit.SECONDS);
    demand.ask(new What("chamber", null, "m2"), "ann");
    demand.stop();
    go.countDown();

    assertThat(demand.ask(new What("chamber", null, "m3"), "ann")).isEqualTo(Answer.STOPPING);
    assertThat(demand.awaitEnd(Duration.ofSeconds(5))).isTrue();
    assertThat(begun).isEmpty();
    assertThat(demand.requests("chamber").get(0).outcome()).contains("ask again");
  }
}
