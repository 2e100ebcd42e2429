package org.rollcall.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.harness.Scene;
import org.rollcall.run.Scope;
import org.rollcall.user.Audit;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrdersTest {
  private static final Asker ANN = Asker.console("ann");

  private final Scene scene = Scene.open();
  private final LinkedBlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final Orders orders = orders(Clock.systemUTC());

  private Orders orders(Clock clock) {
    return new Orders(scene.hub().store(), scene.hub().audit(), scene.hub().syncs(), clock);
  }

  private static Asker program(String key) {
    return new Asker(Audit.Through.API, "token backup", "7 " + key);
  }

  private Wish wish(String what) {
    return wish(what, false);
  }

  private Wish wish(String what, boolean decided) {
    return new Wish(
        "chamber",
        what,
        decided,
        (syncs, progress) -> {
          begun.add(what);
          progress.step("reading the source");
          await();
          return List.of();
        });
  }

  private void await() {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Order taken(Asker asker, Wish wish, boolean anew) {
    Placed placed = orders.place(asker, wish);
    assertThat(placed).isInstanceOf(Placed.Taken.class);
    assertThat(((Placed.Taken) placed).anew()).as(placed.sentence()).isEqualTo(anew);
    return ((Placed.Taken) placed).order();
  }

  private Order found(Order order) {
    return orders.find(order.order()).orElseThrow();
  }

  private void begins(String what) throws InterruptedException {
    assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo(what);
  }

  @AfterEach
  void close() {
    go.countDown();
    orders.awaitEnd(Duration.ZERO);
    orders.close();
    scene.close();
  }

  @Test
  void the_same_wish_runs_once_whoever_asks_and_two_run_at_a_time() throws InterruptedException {
    Order first = taken(ANN, wish("all"), true);
    assertThat(taken(new Asker(Audit.Through.JMX, "JMX", null), wish("all"), false).order())
        .isEqualTo(first.order());
    assertThat(taken(program("k"), wish("all"), false).order()).isEqualTo(first.order());
    begins("all");
    taken(ANN, wish("Board"), true);
    begins("Board");
    taken(program("l"), wish("m1"), true);

    assertThat(begun.poll(200, TimeUnit.MILLISECONDS)).as("a third at a time").isNull();
    assertThat(orders.of("chamber", first.askedAt()))
        .extracting(Order::doing)
        .startsWith("waiting for its turn");
    assertThat(found(first).doing()).isEqualTo("reading the source");
    assertThat(orders.of("other", first.askedAt())).isEmpty();
    assertThat(scene.hub().audit().entries(Long.MAX_VALUE, 9).stream().map(Audit.Entry::who))
        .containsExactly("token backup", "ann", "ann");

    go.countDown();
    begins("m1");
    orders.stop();
    assertThat(orders.awaitEnd(Duration.ofSeconds(20))).isTrue();
    assertThat(found(first).state()).isEqualTo("done");
    assertThat(taken(program("k"), wish("all"), false).order()).isEqualTo(first.order());
    assertThat(orders.place(program("k"), wish("Board"))).isInstanceOf(Placed.Otherwise.class);
  }

  @Test
  void console_api_and_jmx_ask_in_the_same_words() {
    assertThat(Wish.sync("chamber", Scope.ALL).what()).isEqualTo("lists, contacts");
    assertThat(Wish.sync("chamber", new Scope("Board", null, false)).what())
        .isEqualTo("lists, contacts of group Board");
  }

  @Test
  void what_comes_to_nothing_says_why() {
    Order order = taken(ANN, Wish.sync("chamber", new Scope("no such group", null, false)), true);
    orders.stop();

    assertThat(orders.awaitEnd(Duration.ofSeconds(50))).isTrue();
    assertThat(found(order).state()).isEqualTo("failed");
    assertThat(found(order).error()).containsAnyOf("no such group", "ask again");
  }

  @Test
  void nothing_is_begun_while_rollcall_stops() throws InterruptedException {
    taken(ANN, wish("one"), true);
    taken(ANN, wish("two"), true);
    Order third = taken(ANN, wish("three"), true);
    begun.poll(20, TimeUnit.SECONDS);
    begun.poll(20, TimeUnit.SECONDS);
    orders.stop();
    assertThat(orders.place(ANN, wish("four")).sentence()).startsWith("Rollcall is stopping");
    Order decided = taken(ANN, wish("five", true), true);
    go.countDown();

    assertThat(orders.awaitEnd(Duration.ofSeconds(20))).isTrue();
    assertThat(begun).isEmpty();
    assertThat(found(third).error()).contains("ask again");
    assertThat(found(decided).error()).contains("ask again");
  }

  @Test
  void too_much_that_waits_is_refused_but_not_what_is_decided() {
    for (int i = 0; i < 22; i++) {
      orders.place(ANN, wish("wish " + i));
    }
    assertThat(orders.place(ANN, wish("one more")).sentence()).startsWith("Too much is waiting");
    taken(ANN, wish("approved", true), true);
    taken(ANN, wish("wish 3"), false);
  }

  @Test
  void an_order_of_a_process_that_ended_is_failed_and_may_be_asked_for_again() {
    Order lost = taken(ANN, wish("all"), true);
    try (Orders later = orders(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(61)))) {
      Placed again = later.place(ANN, wish("all"));
      assertThat(again).isInstanceOf(Placed.Taken.class);
      assertThat(((Placed.Taken) again).anew()).isTrue();
      assertThat(found(lost).state()).isEqualTo("failed");
      assertThat(found(lost).error()).contains("the process that worked on it ended");
      go.countDown();
    }
  }

  @Test
  void what_is_asked_for_after_the_runs_of_an_order_have_ended_is_not_the_same()
      throws InterruptedException {
    scene.sync();
    long run = Long.parseLong(Objects.requireNonNull(scene.ask("SELECT max(run_id) FROM run")));
    Wish ending =
        new Wish(
            "chamber",
            "all",
            false,
            (syncs, progress) -> {
              progress.begun(run);
              begun.add("all");
              await();
              return List.of();
            });
    Order first = taken(ANN, ending, true);
    begins("all");
    scene.tell("UPDATE run SET state = 'running' WHERE run_id = " + run);
    taken(ANN, ending, false);
    scene.tell("UPDATE run SET state = 'completed' WHERE run_id = " + run);
    assertThat(taken(ANN, ending, true).order()).isNotEqualTo(first.order());
  }
}
