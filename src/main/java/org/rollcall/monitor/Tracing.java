package org.rollcall.monitor;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.rollcall.run.Outcomes;
import org.rollcall.run.Run;
import org.rollcall.run.RunState;
import org.rollcall.run.RunWatch;
import org.rollcall.run.Runs;

/**
 * Traces of runs and of the routes they go through, by OTLP over HTTP. Spans wait in memory and are
 * dropped when whoever collects them is away: a run never waits for them.
 */
final class Tracing implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 4096;

  /** Held here: unheld loggers are forgotten with their level. */
  private static final Logger QUIET = Logger.getLogger("io.opentelemetry");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param endpoint the collector; {@code /v1/traces} is added unless it ends so
   */
  Tracing(URI endpoint) {
    // it writes to standard error by itself; PlainSpans tells in one line instead
    QUIET.setLevel(Level.OFF);
    String address = endpoint.toString().replaceFirst("/+$", "");
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(address.endsWith("/v1/traces") ? address : address + "/v1/traces")
            .setTimeout(PATIENCE)
            .build();
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), "rollcall"))))
            .addSpanProcessor(
                BatchSpanProcessor.builder(new PlainSpans(exporter))
                    .setScheduleDelay(Duration.ofSeconds(2))
                    .setMaxQueueSize(MOST_WAITING)
                    .build())
            .build();
    tracer = provider.get("rollcall");
  }

  /** Every route is a span under that of its run. */
  void watch(CamelContext camel) {
    camel.getRegistry().bind("tracer", tracer);
    camel.getRegistry().bind("propagators", ContextPropagators.noop());
    OpenTelemetryTracer routes = new OpenTelemetryTracer();
    // what stands there for ever and says nothing
    routes.setExcludePatterns("timer*,quartz*,bean*,log*");
    routes.init(camel);
  }

  RunWatch around(RunWatch other) {
    return run -> begun(run, other.begun(run));
  }

  @SuppressWarnings("MustBeClosed") // Traced closes it, which the caller closes
  private RunWatch.Begun begun(Run run, RunWatch.Begun other) {
    Span span =
        tracer
            .spanBuilder("run " + run.job().word())
            .setNoParent()
            .setAttribute(PlainSpans.RUN, run.id())
            .setAttribute(PlainSpans.SYNC, run.target().sync().name())
            .setAttribute(PlainSpans.ACCOUNT, run.target().account().name())
            .setAttribute(PlainSpans.JOB, run.job().word())
            .startSpan();
    return new Traced(span, span.makeCurrent(), other);
  }

  private record Traced(Span span, Scope scope, RunWatch.Begun other) implements RunWatch.Begun {
    @Override
    public void ended(Runs.Record record, Supplier<Outcomes> outcomes) {
      span.setAttribute(PlainSpans.STATE, record.state().word());
      if (record.state() == RunState.FAILED) {
        span.setStatus(StatusCode.ERROR);
      }
      other.ended(record, outcomes);
    }

    @Override
    public void close() {
      scope.close();
      span.end();
      other.close();
    }
  }

  @Override
  public void close() {
    provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
