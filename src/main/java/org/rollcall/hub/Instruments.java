package org.rollcall.hub;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.CallWatch;
import org.rollcall.run.RunWatch;

/**
 * What measures the hub while it works.
 *
 * @param camel is handed the routes' context before it starts
 * @param pools watches the pools of connections; absent for nobody
 */
public record Instruments(
    CallWatch calls,
    RunWatch runs,
    Consumer<CamelContext> camel,
    @Nullable MetricsTrackerFactory pools) {
  public static final Instruments NONE =
      new Instruments(CallWatch.NONE, RunWatch.NONE, camel -> {}, null);
}
