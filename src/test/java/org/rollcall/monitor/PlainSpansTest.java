package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainSpansTest {
  private static final String PERSONAL = "no row for ann@example.org";

  private final List<SpanData> sent = new ArrayList<>();

  /** Keeps what it is given. */
  private final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      sent.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  void whatever_a_route_says_of_people_stays_here() {
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new PlainSpans(new Kept())))
            .build()) {
      Span span = provider.get("x").spanBuilder("sql:SELECT 1?who=" + PERSONAL).startSpan();
      span.setAttribute(PlainSpans.SYNC, "chamber").setAttribute("member", PERSONAL);
      span.recordException(new IllegalStateException(PERSONAL));
      span.setStatus(StatusCode.ERROR, PERSONAL);
      span.end();
    }

    SpanData span = sent.get(0);
    assertThat(span.getName()).isEqualTo("sql:SELECT 1");
    assertThat(span.getAttributes().asMap()).hasSize(1).containsEntry(PlainSpans.SYNC, "chamber");
    assertThat(span.getEvents()).isEmpty();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).isEmpty();
  }
}
