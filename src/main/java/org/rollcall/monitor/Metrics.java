package org.rollcall.monitor;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.rollcall.pace.CallWatch;
import org.rollcall.run.Job;
import org.rollcall.run.Outcomes;
import org.rollcall.run.Run;
import org.rollcall.run.RunWatch;
import org.rollcall.run.Runs;
import org.rollcall.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All metrics of this process. What happens here is counted as it happens; what stands in the
 * database comes from {@link LatestFigures} when somebody looks.
 */
final class Metrics implements CallWatch, RunWatch, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final LatestFigures latest;
  private final FigureGauges gauges;
  private final Map<String, Timer> calls = new ConcurrentHashMap<>();

  Metrics(Settings settings, LatestFigures latest) {
    this.latest = latest;
    this.gauges = new FigureGauges(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    gc.bindTo(registry);
    Gauge.builder("rollcall.database.up", latest, each -> each.answered() ? 1 : 0)
        .description("1 when the hub's database answered when it was asked last")
        .register(registry);
    settings.accounts().keySet().forEach(this::prepare);
    settings.syncs().keySet().forEach(this::prepareSync);
  }

  /** So that rates are known from the first call on. */
  private void prepare(String account) {
    throttled(account);
    unanswered(account);
    calls(account, "2xx");
  }

  private void prepareSync(String sync) {
    Job.OF_A_SYNC.forEach(job -> rows(sync, job.word()));
  }

  MetricsTrackerFactory pools() {
    return new MicrometerMetricsTrackerFactory(registry);
  }

  /** Counts every exchange of every route. */
  void watch(CamelContext camel) {
    camel.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
    MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
    routes.setCamelContext(camel);
    routes.setMeterRegistry(registry);
    camel.addRoutePolicyFactory(routes);
  }

  @Override
  public void ended(String account, int status, Duration took) {
    String answer = status == 0 ? "none" : status == 429 ? "429" : status / 100 + "xx";
    calls(account, answer).record(took);
    if (status == 429) {
      throttled(account).increment();
    } else if (status == 0) {
      unanswered(account).increment();
    }
  }

  private Timer calls(String account, String answer) {
    return calls.computeIfAbsent(
        account + "\n" + answer,
        key ->
            Timer.builder("rollcall.provider.calls")
                .description("calls to the provider, by the kind of answer")
                .tags("account", account, "answer", answer)
                .register(registry));
  }

  private Counter throttled(String account) {
    return Counter.builder("rollcall.provider.throttled")
        .description("answers that said: too many requests")
        .tag("account", account)
        .register(registry);
  }

  private Counter unanswered(String account) {
    return Counter.builder("rollcall.provider.unanswered")
        .description("calls that no complete answer came to")
        .tag("account", account)
        .register(registry);
  }

  private Counter rows(String sync, String job) {
    return Counter.builder("rollcall.rows.read")
        .description("rows of the source that runs worked on")
        .tags("sync", sync, "job", job)
        .register(registry);
  }

  @Override
  public Begun begun(Run run) {
    long began = System.nanoTime();
    return (record, outcomes) -> {
      try {
        count(run, record, outcomes, System.nanoTime() - began);
      } catch (RuntimeException e) {
        LOG.warn("run {} is missing in the metrics: {}", record.id(), e.getMessage());
      }
    };
  }

  private void count(Run run, Runs.Record record, Supplier<Outcomes> outcomes, long nanos) {
    String sync = record.sync();
    Timer.builder("rollcall.runs")
        .description("runs of this process, by how they ended")
        .tags("sync", sync, "job", record.job(), "state", record.state().word())
        .register(registry)
        .record(Duration.ofNanos(nanos));
    rows(sync, record.job()).increment(run.counts().read);
    for (Outcomes.Share share : outcomes.get().changes()) {
      Counter.builder("rollcall.changes")
          .description("changes at the provider, by kind and by what became of them")
          .tags("sync", sync, "kind", share.kind(), "outcome", share.outcome())
          .register(registry)
          .increment(share.changes());
    }
  }

  /** Everything, in Prometheus' text format. */
  String scrape() {
    Optional<Figures> figures = latest.get();
    figures.ifPresent(gauges::show);
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
