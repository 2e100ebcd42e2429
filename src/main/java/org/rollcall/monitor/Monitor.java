package org.rollcall.monitor;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.hub.Instruments;
import org.rollcall.settings.MonitoringSettings;
import org.rollcall.web.Site;

/** All instruments of a running service. */
public final class Monitor implements AutoCloseable {
  private final Hub hub;
  private final LatestFigures latest;
  private final Metrics metrics;
  private final @Nullable Tracing tracing;
  private final Jolokia jolokia = new Jolokia();
  private @Nullable Beans beans;

  private Monitor(Hub hub, LatestFigures latest) {
    this.hub = hub;
    this.latest = latest;
    this.metrics = new Metrics(hub.settings(), latest);
    var endpoint = hub.settings().monitoring().otlpEndpoint();
    this.tracing = endpoint == null ? null : new Tracing(endpoint);
  }

  /** Measures the hub from now on; to be called before its routes are started. */
  public static Monitor of(Hub hub, Clock clock, Executor threads) {
    FiguresReader reader = new FiguresReader(hub, clock);
    Monitor monitor = new Monitor(hub, new LatestFigures(reader::read, threads, System::nanoTime));
    hub.instrument(monitor.instruments());
    return monitor;
  }

  private Instruments instruments() {
    Tracing traces = tracing;
    return new Instruments(
        metrics, traces == null ? metrics : traces.around(metrics), this::watch, metrics.pools());
  }

  private void watch(CamelContext camel) {
    metrics.watch(camel);
    if (tracing != null) {
      tracing.watch(camel);
    }
  }

  /** Adds what instruments ask for. */
  public void mount(Site site) {
    MonitoringSettings settings = hub.settings().monitoring();
    Access access = new Access(settings.token());
    new MetricsPage(metrics, access).mount(site);
    if (settings.hawtio() || settings.token() != null) {
      new JolokiaPage(jolokia, access, hub.audit()).mount(site);
    }
    if (settings.hawtio()) {
      new HawtioPages().mount(site);
    }
  }

  /** The service runs: from now on there is something to do over JMX. */
  public void started(Controls controls) {
    beans = new Beans(hub.settings(), latest, controls);
  }

  @Override
  public void close() {
    if (beans != null) {
      beans.close();
    }
    jolokia.close();
    metrics.close();
    if (tracing != null) {
      tracing.close();
    }
  }
}
