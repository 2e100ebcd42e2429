package org.rollcall.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureGaugesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FigureGauges gauges = new FigureGauges(registry);

  private void show(long second, Map<String, Long> groups) {
    Figures.Sync sync =
        new Figures.Sync("chamber", "main", 2, 2, 0, 0, 0, false, List.of(), groups);
    gauges.show(new Figures(Instant.ofEpochSecond(second), List.of(), List.of(sync)));
  }

  private List<String> groups() {
    return registry.find("rollcall.group.members").gauges().stream()
        .map(gauge -> gauge.getId().getTag("group") + " " + gauge.value())
        .sorted()
        .toList();
  }

  @Test
  void what_is_gone_is_shown_no_more() {
    show(1, Map.of("Board", 2L, "Choir", 1L));
    assertThat(groups()).containsExactly("Board 2.0", "Choir 1.0");
    show(2, Map.of("Board", 3L));
    assertThat(groups()).containsExactly("Board 3.0");
    show(3, Map.of());
    assertThat(groups()).isEmpty();
  }
}
