package org.rollcall.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** Answers {@code /metrics}. */
final class MetricsPage {
  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Metrics metrics;
  private final Access access;

  MetricsPage(Metrics metrics, Access access) {
    this.metrics = metrics;
    this.access = access;
  }

  void mount(Site site) {
    site.open("/metrics", this::answer);
  }

  private Reply answer(Visit visit) {
    return access.toMetrics(visit)
        ? new Reply.Data(200, TYPE, metrics.scrape().getBytes(UTF_8))
        : new Reply.Data(
            403,
            "text/plain; charset=utf-8",
            "From other machines metrics are read with rollcall.monitoring.token.\n"
                .getBytes(UTF_8));
  }
}
