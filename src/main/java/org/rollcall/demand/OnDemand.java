package org.rollcall.demand;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.rollcall.demand.Request.State;
import org.rollcall.demand.Request.What;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what people ask for, a few at a time. Who may run when is decided by the leases: a request
 * waits for a run of its sync or account that is under way, on whatever node. What waits here is
 * forgotten when the process ends; what runs is parked, and the next run sends the rest.
 */
public final class OnDemand implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnDemand.class);

  /** More at a time would want more connections than the hub's pool has. */
  private static final int AT_A_TIME = 2;

  private static final int MOST_WAITING = 20;
  private static final int REMEMBERED = 50;

  private final Runner runner;
  private final Clock clock;
  private final Map<Long, Request> requests = new LinkedHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_A_TIME, work -> new Thread(work, "on-demand"));
  private long last;
  private boolean stopping;

  /** Runs jobs and waits for their end; see {@link org.rollcall.route.Syncs#run}. */
  @FunctionalInterface
  public interface Runner {
    List<Runs.Record> run(String sync, List<Job> jobs, Scope scope, Progress progress);
  }

  public OnDemand(Runner runner, Clock clock) {
    this.runner = runner;
    this.clock = clock;
  }

  /** What was made of a wish. */
  public enum Answer {
    BEGUN("It begins now."),
    ALREADY("The same is waiting or running already."),
    FULL("Too much is waiting already. Try again when something has ended."),
    STOPPING("Rollcall is stopping. Ask again when it is back.");

    private final String sentence;

    Answer(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  /**
   * Runs lists and contacts of a sync, or of one group or member of it, as soon as it can.
   *
   * @param by the user's name
   */
  public synchronized Answer ask(What what, String by) {
    if (stopping) {
      return Answer.STOPPING;
    }
    List<Request> open = requests.values().stream().filter(request -> !request.over()).toList();
    if (open.stream().anyMatch(request -> request.what().equals(what))) {
      return Answer.ALREADY;
    }
    if (open.size() >= MOST_WAITING) {
      return Answer.FULL;
    }
    long id = ++last;
    requests.put(
        id,
        new Request(
            id, what, by, clock.instant(), State.WAITING, "waiting for its turn", List.of(), null));
    threads.execute(() -> work(id, what));
    forgetOld();
    return Answer.BEGUN;
  }

  /**
   * Does something else that somebody asked for, when its turn comes. What goes wrong stands in the
   * run that failed; where there is none, in the log.
   *
   * @param what is done, such as "undoing run 7"
   */
  public synchronized void start(String what, Runnable work) {
    if (!stopping) {
      threads.execute(() -> attempt(what, work));
    }
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("{} failed: {}", what, e.getMessage());
      LOG.debug("{}", what, e);
    }
  }

  /** What was asked for in this process, the newest first. */
  public synchronized List<Request> requests(String sync) {
    List<Request> found = new ArrayList<>();
    for (Request request : requests.values()) {
      if (request.what().sync().equals(sync)) {
        found.add(0, request);
      }
    }
    return found;
  }

  private void work(long id, What what) {
    Progress progress =
        new Progress() {
          @Override
          public void step(String doing) {
            change(id, request -> request.now(State.RUNNING, doing));
          }

          @Override
          public void at(long done, long of) {}
        };
    try {
      begin(id);
      Scope scope = new Scope(what.group(), what.member(), false);
      List<Runs.Record> runs = runner.run(what.sync(), Job.OF_A_SYNC, scope, progress);
      change(id, request -> request.ended(runs, null));
    } catch (RuntimeException e) {
      LOG.warn("a run of sync {} that somebody asked for failed: {}", what.sync(), e.getMessage());
      LOG.debug("sync {}", what.sync(), e);
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      change(id, request -> request.ended(List.of(), why));
    }
  }

  private synchronized void begin(long id) {
    if (stopping) {
      throw new IllegalStateException("Rollcall stopped before this began; ask again");
    }
    change(id, request -> request.now(State.RUNNING, "beginning"));
  }

  private synchronized void change(long id, UnaryOperator<Request> change) {
    requests.computeIfPresent(id, (same, request) -> change.apply(request));
  }

  private void forgetOld() {
    List<Long> over = requests.values().stream().filter(Request::over).map(Request::id).toList();
    over.stream().limit(Math.max(0, over.size() - REMEMBERED)).forEach(requests::remove);
  }

  /** Begins nothing more: what waits ends at once, what runs parks when the hub stops. */
  public synchronized void stop() {
    stopping = true;
    threads.shutdown();
  }

  /**
   * Waits for the runs to park.
   *
   * @return false when one did not in time
   */
  public boolean awaitEnd(Duration limit) {
    try {
      return threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
