package org.rollcall.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.MemberFile;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.pace.Sleeper;
import org.rollcall.provider.Provider;
import org.rollcall.provider.constantcontact.ConstantContactProvider;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.Job;
import org.rollcall.run.Lease;
import org.rollcall.run.Lease.LostLease;
import org.rollcall.run.Leases;
import org.rollcall.run.Progress;
import org.rollcall.run.PutBack;
import org.rollcall.run.Reconciling;
import org.rollcall.run.Run;
import org.rollcall.run.RunState;
import org.rollcall.run.RunWatch;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.run.SentMarks;
import org.rollcall.run.Stop;
import org.rollcall.run.Stop.Stopped;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.StoreException;
import org.rollcall.verify.Standings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs the jobs of a sync through their routes, one run per sync at a time and one writer per
 * account, by leases in the database.
 */
public final class Syncs {
  private static final Logger LOG = LoggerFactory.getLogger(Syncs.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  private final Settings settings;
  private final Runs runs;
  private final Leases leases;
  private final SentMarks marks;
  private final PutBack putBack;
  private final Standings standings;
  private final ProducerTemplate template;
  private final Sleeper sleeper;
  private final Stop stopping;
  private final RunWatch watch;

  /**
   * @param stopping parks every run when the program stops
   * @param watch is told of every run
   */
  public Syncs(
      Settings settings,
      Runs runs,
      Leases leases,
      SentMarks marks,
      PutBack putBack,
      Standings standings,
      ProducerTemplate template,
      Sleeper sleeper,
      Stop stopping,
      RunWatch watch) {
    this.settings = settings;
    this.runs = runs;
    this.leases = leases;
    this.marks = marks;
    this.putBack = putBack;
    this.standings = standings;
    this.template = template;
    this.sleeper = sleeper;
    this.stopping = stopping;
    this.watch = watch;
  }

  /**
   * Says, while this process alone may work on the sync, whether there is still something to do.
   */
  @FunctionalInterface
  public interface Claim {
    boolean take();
  }

  /**
   * Runs the jobs one after the other. If the sync is running already, that run is waited for and
   * its outcome is given instead of running twice.
   */
  public List<Runs.Record> run(String name, List<Job> jobs, Scope scope, Progress progress) {
    return run(name, jobs, scope, progress, scope.equals(Scope.ALL), null);
  }

  /** Runs the jobs and reads everything back for them; a run that is under way is waited for. */
  public List<Runs.Record> reconcile(String name, List<Job> jobs, Scope scope, Progress progress) {
    return run(name, jobs, scope, progress, false, Reconciling.ASKED_FOR);
  }

  /**
   * Runs the jobs for what a person has just decided, which a run that is under way may have come
   * too early for: that one is waited for, and another follows.
   */
  public List<Runs.Record> runAnew(String name, List<Job> jobs, Progress progress) {
    return run(name, jobs, Scope.ALL, progress, false, null);
  }

  /** Takes a run of this sync back. */
  public List<Runs.Record> undo(String name, long run, boolean dryRun, Progress progress) {
    return run(name, List.of(Job.UNDO), Scope.undo(run, dryRun), progress, false, null);
  }

  /**
   * Runs the jobs of a sync with the members of a file; of a dry run, only that of the contacts.
   *
   * @param patient whether to wait for a run that is under way
   * @return empty when another run is under way, or the claim is refused
   */
  public Optional<List<Runs.Record>> take(
      MemberFile file, boolean dryRun, boolean patient, Progress progress, BooleanSupplier claim) {
    SyncSettings sync = file.target().sync();
    Target target = runs.target(sync, settings.account(sync.account()));
    List<Job> jobs = dryRun ? List.of(Job.CONTACTS) : Job.OF_A_SYNC;
    Order order =
        new Order(target, jobs, new Scope(null, null, dryRun), null, progress, stopping, file);
    if (!patient) {
      return ifFree(order, claim::getAsBoolean);
    }
    try (Lease ours = takeSync(target, jobs, false, progress, new ArrayList<>());
        Lease account = takeAccount(target, progress)) {
      return claim.getAsBoolean() ? Optional.of(runAll(order, ours, account)) : Optional.empty();
    }
  }

  /**
   * Asks the provider something for a person, beside all runs. Whatever is asked only reads, so it
   * needs no lease; it waits for its turn like every call.
   */
  public <T> T look(String name, BiFunction<Run, Provider, T> question) {
    SyncSettings sync = settings.sync(name);
    Run run = runs.look(runs.target(sync, settings.account(sync.account())));
    run.stopWhen(stopping);
    try {
      return question.apply(run, new ConstantContactProvider(new RouteCaller(template, run)));
    } catch (RuntimeException e) {
      throw StoppedRoutes.explained(e);
    }
  }

  private List<Runs.Record> run(
      String name,
      List<Job> jobs,
      Scope scope,
      Progress progress,
      boolean coalesce,
      @Nullable Reconciling reconciling) {
    SyncSettings sync = settings.sync(name);
    Target target = runs.target(sync, settings.account(sync.account()));
    List<Runs.Record> coalesced = new ArrayList<>();
    try (Lease ours = takeSync(target, jobs, coalesce, progress, coalesced)) {
      if (!coalesced.isEmpty()) {
        return coalesced;
      }
      try (Lease account = takeAccount(target, progress)) {
        return runAll(
            new Order(target, jobs, scope, reconciling, progress, stopping, null), ours, account);
      }
    }
  }

  /**
   * Runs the jobs now or not at all.
   *
   * @param reconciling absent when only changes are to be read
   * @param until parks the run
   * @return empty when another run of this sync or account is under way, or the claim is refused
   */
  public Optional<List<Runs.Record>> runIfFree(
      String name,
      List<Job> jobs,
      @Nullable Reconciling reconciling,
      Progress progress,
      Stop until,
      Claim claim) {
    SyncSettings sync = settings.sync(name);
    Target target = runs.target(sync, settings.account(sync.account()));
    return ifFree(
        new Order(target, jobs, Scope.ALL, reconciling, progress, stopping.or(until), null), claim);
  }

  private Optional<List<Runs.Record>> ifFree(Order order, Claim claim) {
    Target target = order.target();
    try (Lease ours = leases.take(syncLease(target)).orElse(null);
        Lease account = ours == null ? null : leases.take(accountLease(target)).orElse(null)) {
      return ours == null || account == null || !claim.take()
          ? Optional.empty()
          : Optional.of(runAll(order, ours, account));
    }
  }

  /** What to run, how much of it, and until when. */
  private record Order(
      Target target,
      List<Job> jobs,
      Scope scope,
      @Nullable Reconciling reconciling,
      Progress progress,
      Stop stop,
      @Nullable MemberFile file) {}

  private static String syncLease(Target target) {
    return "sync " + target.sync().name();
  }

  private static String accountLease(Target target) {
    return Leases.ofAccount(target.account().name());
  }

  private Lease takeSync(
      Target target,
      List<Job> jobs,
      boolean coalesce,
      Progress progress,
      List<Runs.Record> coalesced) {
    String name = syncLease(target);
    Optional<Lease> lease = leases.take(name);
    if (lease.isPresent()) {
      return lease.get();
    }
    List<Runs.Record> before = runs.last(target.sync().name(), 1);
    progress.step("waiting for a run of this sync that is under way");
    while (lease.isEmpty()) {
      sleep();
      lease = leases.take(name);
    }
    if (coalesce) {
      coalesced.addAll(doneMeanwhile(target, jobs, before));
    }
    return lease.get();
  }

  /** The runs we waited for, if they are of the same jobs. */
  private List<Runs.Record> doneMeanwhile(Target target, List<Job> jobs, List<Runs.Record> before) {
    List<Runs.Record> done = new ArrayList<>(runs.last(target.sync().name(), jobs.size()));
    boolean old =
        done.isEmpty()
            || before.stream()
                .anyMatch(run -> run.id() == done.get(0).id() && run.finishedAt() != null);
    Collections.reverse(done);
    boolean same =
        done.stream().map(Runs.Record::job).toList().equals(jobs.stream().map(Job::word).toList());
    boolean ended = done.stream().noneMatch(run -> run.state() == RunState.RUNNING);
    return !old && same && ended ? done : List.of();
  }

  private Lease takeAccount(Target target, Progress progress) {
    String name = accountLease(target);
    Optional<Lease> lease = leases.take(name);
    if (lease.isEmpty()) {
      progress.step("waiting for another sync of this account");
    }
    while (lease.isEmpty()) {
      sleep();
      lease = leases.take(name);
    }
    return lease.get();
  }

  private List<Runs.Record> runAll(Order order, Lease sync, Lease account) {
    List<Runs.Record> done = new ArrayList<>();
    Run.Fence fence =
        connection -> {
          sync.fence(connection);
          account.fence(connection);
        };
    marks.look();
    @Nullable Reconciling reconciling = putBack.reading(order.target(), order.reconciling());
    @Nullable Work before = null;
    boolean changed = false;
    try {
      for (Job job : order.jobs()) {
        Run run = runs.begin(order.target(), job, order.scope(), fence, order.progress());
        run.stopWhen(order.stop());
        run.reconcile(reconciling);
        var provider = new ConstantContactProvider(new RouteCaller(template, run));
        Work work =
            before == null
                ? new Work(run, provider, order.file())
                : new Work(run, provider, before);
        before = work;
        Runs.Record record = watched(job, work);
        changed |= run.counts().changeSomething();
        refuseUnknown(work);
        runs.purge(run);
        done.add(record);
        boolean over = record.state() == RunState.FAILED && !work.isBroken();
        if (over || order.stop().reason() != null) {
          break;
        }
      }
    } finally {
      if (before != null) {
        before.close();
      }
      count(order.target(), changed);
    }
    return done;
  }

  /** For pages only: no run fails because its groups could not be counted. */
  private void count(Target target, boolean changed) {
    try {
      standings.count(target, changed);
    } catch (StoreException e) {
      LOG.warn("sync {}: its groups were not counted: {}", target.sync().name(), e.getMessage());
    }
  }

  private Runs.Record watched(Job job, Work work) {
    Run run = work.run();
    try (RunWatch.Begun begun = watch.begun(run)) {
      @Nullable String error = runRouteNamed(job, work);
      if (work.waiting() != null) {
        run.leave(work.waiting());
      }
      if (run.doubt() != null) {
        run.leave(run.doubt());
      }
      Runs.Record record = runs.finish(run, error);
      begun.ended(record, () -> runs.outcomes(run, record.state()));
      return record;
    }
  }

  /** The run is kept as failed; whoever asked for what is not there is told so at once. */
  private static void refuseUnknown(Work work) {
    UnknownScope unknown = work.unknownScope();
    if (unknown != null) {
      throw unknown;
    }
  }

  /** Every line that the job logs says of which run it is. */
  private @Nullable String runRouteNamed(Job job, Work work) {
    Target target = work.run().target();
    try (var run = MDC.putCloseable("run", "" + work.run().id());
        var name = MDC.putCloseable("job", job.word());
        var sync = MDC.putCloseable("sync", target.sync().name());
        var account = MDC.putCloseable("account", target.account().name())) {
      return runRoute(job, work);
    }
  }

  /**
   * The error that ended the job, or null. After one that is not the provider's, a further job
   * still reads who opted out: a source that is broken for a week must not hide them for a week.
   */
  private @Nullable String runRoute(Job job, Work work) {
    Exchange exchange =
        template.request(
            "direct:" + job.word(),
            request -> {
              request.setProperty(ProviderCall.RUN, work.run());
              request.getMessage().setBody(work);
            });
    Exception failure = exchange.getException();
    if (failure == null) {
      return null;
    }
    RuntimeException reason = StoppedRoutes.explained(RouteCaller.unwrapped(failure));
    Stop.Reason stop = work.run().stopReason();
    if (reason instanceof UnknownScope unknown) {
      work.unknownScope(unknown);
    }
    if (reason instanceof Stopped || stop != null && stop.atOnce()) {
      // A wait that a stop broke off leaves the thread interrupted, and the database minds that.
      Thread.interrupted();
      LOG.debug("job {} was stopped", job.word(), failure);
      work.run().park(stop == null ? String.valueOf(reason.getMessage()) : stop.sentence());
      return null;
    }
    if (reason instanceof ProviderException provider && provider.verdict() == Verdict.QUOTA_SPENT) {
      work.run().park(provider.getMessage());
      return null;
    }
    if (!(reason instanceof ProviderException || reason instanceof LostLease)) {
      work.broken(reason);
    }
    LOG.debug("job {} of sync {} failed", job.word(), work.run().target().sync().name(), failure);
    return reason.getMessage() == null ? reason.toString() : reason.getMessage();
  }

  private void sleep() {
    Stop.Reason stop = stopping.reason();
    if (stop != null) {
      throw new IllegalStateException("stopped while waiting for another run");
    }
    try {
      sleeper.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for another run", e);
    }
  }
}
