package org.rollcall.settings;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What outside instruments may see.
 *
 * @param hawtio whether its pages are served
 * @param token lets instruments on other machines read metrics
 * @param groups whether metrics count each group by name
 * @param otlpEndpoint where traces go; none are made without it
 */
public record MonitoringSettings(
    boolean hawtio, @Nullable Secret token, boolean groups, @Nullable URI otlpEndpoint) {}
