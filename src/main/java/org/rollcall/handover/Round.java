package org.rollcall.handover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.handover.HandOver.Item;
import org.rollcall.pace.ProviderWords;
import org.rollcall.run.Run;

/**
 * One run's hand-over of a matter. A route that fails is left alone until the next run. Records
 * that failed in several runs are handed over in ever smaller batches, so that one bad record does
 * not hold up the others; it becomes a dead letter when the route has taken others meanwhile.
 */
public final class Round {
  /** Runs in which a batch may fail before it is halved. */
  private static final int PATIENCE = 2;

  /** Runs after which a record becomes a dead letter even when the route has taken nothing else. */
  private static final int LAST_PATIENCE = 10;

  /** Calls of a failing route that a run may spend on halving. */
  private static final int FAILURES = 64;

  private final HandOver handOver;
  private final Run run;
  private final Deque<List<Item>> next = new ArrayDeque<>();
  private final List<Item> spoilt = new ArrayList<>();
  private final Set<Long> counted = new HashSet<>();
  private List<Item> current = List.of();
  private long after;
  private int failures;
  private boolean over;
  private boolean taken;
  private @Nullable String cause;

  Round(HandOver handOver, Run run) {
    this.handOver = handOver;
    this.run = run;
  }

  public boolean more() {
    if (over || run.stopReason() != null) {
      return false;
    }
    if (next.isEmpty()) {
      List<Item> page = handOver.waiting(run, after);
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).ord();
        next.push(page);
      }
    }
    return !next.isEmpty();
  }

  /** The next batch, one map each. */
  public List<Map<String, @Nullable Object>> next() {
    current = next.pop();
    return current.stream().map(Item::map).toList();
  }

  public void handed() {
    taken = true;
    handOver.handed(run, current);
  }

  /**
   * @param why the route's error, which may quote addresses
   */
  public void failed(String why) {
    cause = ProviderWords.masked(why);
    failures++;
    handOver.failed(run, current.stream().filter(item -> counted.add(item.ord())).toList());
    boolean patient = current.stream().allMatch(item -> item.attempts() < PATIENCE);
    if (patient || failures >= FAILURES) {
      over = true;
    } else if (current.size() == 1) {
      spoilt.add(current.get(0));
    } else {
      int middle = current.size() / 2;
      next.push(current.subList(middle, current.size()));
      next.push(current.subList(0, middle));
    }
  }

  /**
   * @return what is to be told about it, or null when everything was handed over
   */
  public @Nullable String end(String route) {
    int buried = 0;
    for (Item item : spoilt) {
      if (taken || item.attempts() >= LAST_PATIENCE) {
        handOver.bury(run, item, route + " failed: " + cause);
        buried++;
      }
    }
    if (cause == null) {
      return null;
    }
    long waiting = handOver.count(run);
    return String.join(
        ", ",
        waiting == 0 ? plural() + " were handed over" : waiting(waiting) + " to be handed over",
        buried == 0
            ? "the route " + route + " failed: " + cause
            : buried + " became dead letters because " + route + " failed: " + cause);
  }

  private String waiting(long waiting) {
    return waiting == 1 ? "1 " + one() + " waits" : waiting + " " + plural() + " wait";
  }

  private String plural() {
    return handOver.matter() == Matter.ADDRESSES ? "addresses" : one() + "s";
  }

  private String one() {
    return handOver.matter().one;
  }
}
