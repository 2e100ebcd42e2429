package org.rollcall.monitor;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only attributes through that are known to hold no personal data: no addresses of endpoints,
 * no queries, no texts of exceptions, whatever an integrator's route puts there.
 */
final class PlainSpans implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(PlainSpans.class);
  static final AttributeKey<Long> RUN = AttributeKey.longKey("rollcall.run");
  static final AttributeKey<String> SYNC = AttributeKey.stringKey("rollcall.sync");
  static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("rollcall.account");
  static final AttributeKey<String> JOB = AttributeKey.stringKey("rollcall.job");
  static final AttributeKey<String> STATE = AttributeKey.stringKey("rollcall.state");
  private static final Set<String> PLAIN =
      Set.of(
          RUN.getKey(),
          SYNC.getKey(),
          ACCOUNT.getKey(),
          JOB.getKey(),
          STATE.getKey(),
          "op",
          "error",
          "component",
          "exchangeId",
          "url.scheme",
          "db.system");

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  PlainSpans(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode sent = exporter.export(spans.stream().<SpanData>map(Plain::new).toList());
    return sent.whenComplete(() -> tell(sent.isSuccess()));
  }

  /** Once when it begins to fail, and once when it works again. */
  private void tell(boolean success) {
    if (failing.getAndSet(!success) == success) {
      if (success) {
        LOG.info("traces are sent again");
      } else {
        LOG.warn("traces cannot be sent; see rollcall.monitoring.otlp-endpoint. They are lost");
      }
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Plain extends DelegatingSpanData {
    private final Attributes attributes;

    Plain(SpanData span) {
      super(span);
      attributes = plain(span.getAttributes());
    }

    @SuppressWarnings("unchecked") // key and value belong together
    private static Attributes plain(Attributes all) {
      AttributesBuilder plain = Attributes.builder();
      all.forEach(
          (key, value) -> {
            if (PLAIN.contains(key.getKey())) {
              plain.put((AttributeKey<Object>) key, value);
            }
          });
      return plain.build();
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }

    /** Routes by their id; endpoints without what follows a question mark. */
    @Override
    public String getName() {
      return super.getName().replaceFirst("\\?.*", "");
    }
  }
}
