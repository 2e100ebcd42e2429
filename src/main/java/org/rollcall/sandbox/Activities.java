package org.rollcall.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bulk jobs of one account. A single worker takes each step when the virtual clock reaches it:
 * start after half of the delay, completion after the whole, the later portions after that.
 */
final class Activities implements AutoCloseable {
  private static final Duration KEPT = Duration.ofDays(10);
  private static final long LONGEST_NAP_MILLIS = 50;

  private record Step(Instant due, long order, Runnable run) {}

  private final SandboxClock clock;
  private final Supplier<SandboxOptions.Jobs> options;
  private final Ids ids;
  private final Map<String, Activity> activities = new LinkedHashMap<>();
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparing(Step::due).thenComparing(Step::order));
  private final Thread worker;
  private final Runnable wake = this::wake;
  private int made;
  private long order;
  private boolean working;
  private boolean open = true;

  Activities(
      SandboxClock clock, Supplier<SandboxOptions.Jobs> options, int account, long bornMillis) {
    this.clock = clock;
    this.options = options;
    this.ids = new Ids(bornMillis, account, 6);
    this.worker = new Thread(this::work, "sandbox-jobs-" + account);
    worker.setDaemon(true);
  }

  Activities begin() {
    clock.onMove(wake);
    worker.start();
    return this;
  }

  /** Queues a job; the fault of the call decides how it goes. */
  synchronized Activity submit(Call call, Activity.Kind kind, Work work) {
    long waiting = activities.values().stream().filter(each -> !each.state().over()).count();
    if (waiting >= options.get().queued()) {
      throw new Refusal(429, "contacts.api.too_many_activities", "Too many activities are queued");
    }
    Instant now = clock.instant();
    Activity activity = new Activity(ids.text(made++), kind, work, now.getEpochSecond());
    activities.put(activity.id, activity);
    plan(activity, now, call.fault);
    call.note = kind + " " + activity.id;
    return activity;
  }

  private void plan(Activity activity, Instant now, @Nullable Fault fault) {
    Duration delay = options.get().delay();
    schedule(now.plus(delay.dividedBy(2)), () -> activity.start(clock.seconds()));
    Fault.Effect effect = fault == null ? Fault.Effect.DELAY : fault.effect();
    Instant due = now.plus(delay);
    switch (effect) {
      case ACTIVITY_STUCK -> {}
      case ACTIVITY_FAILED -> end(activity, due, Activity.State.FAILED, fault);
      case ACTIVITY_CANCELLED -> end(activity, due, Activity.State.CANCELLED, fault);
      case ACTIVITY_TIMED_OUT -> end(activity, due, Activity.State.TIMED_OUT, fault);
      case LATE -> schedule(due, () -> complete(activity, fault == null ? delay : fault.delay()));
      default -> schedule(due, () -> complete(activity, visibilityDelay()));
    }
  }

  private Duration visibilityDelay() {
    SandboxOptions.Jobs now = options.get();
    boolean spread = now.portions() > 1 && now.visibilityDelay().isZero();
    return spread ? now.delay() : now.visibilityDelay();
  }

  private void end(Activity activity, Instant due, Activity.State end, @Nullable Fault fault) {
    int percent = fault == null ? 0 : fault.percent();
    schedule(
        due,
        () -> {
          if (activity.state().over()) {
            return;
          }
          Tally tally = new Tally();
          activity.work.apply(0, (int) (activity.work.size() * (percent / 100.0)), tally, false);
          activity.work.release();
          activity.end(end, tally, "The activity ended as ordered by a test", clock.seconds());
        });
  }

  /** Everything at once, or counted now and made visible in portions. */
  private void complete(Activity activity, Duration visibilityDelay) {
    if (activity.state().over()) {
      return;
    }
    Tally tally = new Tally();
    int size = activity.work.size();
    boolean late = !visibilityDelay.isZero();
    activity.work.apply(0, size, tally, late);
    activity.end(Activity.State.COMPLETED, tally, null, clock.seconds());
    if (late) {
      portions(activity.work, size, visibilityDelay);
    } else {
      activity.work.release();
    }
  }

  private synchronized void portions(Work work, int size, Duration over) {
    int portions = Math.max(1, options.get().portions());
    Instant now = clock.instant();
    for (int i = 0; i < portions; i++) {
      int from = (int) ((long) size * i / portions);
      int to = (int) ((long) size * (i + 1) / portions);
      // the first of several is visible at completion, the last after the whole delay
      Duration wait =
          portions == 1 ? over : over.multipliedBy(i).dividedBy(Math.max(1, portions - 1));
      boolean last = i == portions - 1;
      schedule(now.plus(wait), () -> portion(work, from, to, last));
    }
  }

  private static void portion(Work work, int from, int to, boolean last) {
    work.apply(from, to, new Tally(), false);
    if (last) {
      work.release();
    }
  }

  private synchronized void schedule(Instant due, Runnable run) {
    steps.add(new Step(due, order++, run));
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Takes all steps to come now, in their order, and waits for them. */
  synchronized void finishAll() throws InterruptedException {
    List<Step> waiting = new ArrayList<>(steps);
    waiting.sort(steps.comparator());
    steps.clear();
    waiting.forEach(step -> steps.add(new Step(Instant.MIN, step.order(), step.run())));
    notifyAll();
    while (open && (working || !steps.isEmpty() && steps.peek().due().equals(Instant.MIN))) {
      wait(LONGEST_NAP_MILLIS);
    }
  }

  /** Stuck jobs too come to an end. */
  synchronized void finishStuck() {
    activities.values().stream()
        .filter(each -> !each.state().over())
        .forEach(each -> schedule(Instant.MIN, () -> complete(each, Duration.ZERO)));
  }

  private void work() {
    try {
      for (Step step = await(); step != null; step = await()) {
        try {
          step.run().run();
        } finally {
          done();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Step await() throws InterruptedException {
    while (open) {
      Step next = steps.peek();
      if (next != null && !next.due().isAfter(clock.instant())) {
        working = true;
        return steps.remove();
      }
      wait(next == null ? 0 : LONGEST_NAP_MILLIS);
    }
    return null;
  }

  private synchronized void done() {
    working = false;
    notifyAll();
  }

  /** Newest first, those of the last ten days. */
  synchronized List<Activity> recent() {
    forget();
    List<Activity> recent = new ArrayList<>(activities.values());
    java.util.Collections.reverse(recent);
    return recent;
  }

  synchronized @Nullable Activity find(String id) {
    forget();
    return activities.get(id);
  }

  private void forget() {
    long oldest = clock.instant().minus(KEPT).getEpochSecond();
    activities.values().removeIf(each -> each.createdAt < oldest);
  }

  @Override
  public void close() {
    synchronized (this) {
      open = false;
      notifyAll();
    }
    clock.forget(wake);
    worker.interrupt();
  }
}
