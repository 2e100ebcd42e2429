package org.rollcall.settings;

/**
 * Where the running service answers health and console requests.
 *
 * @param port 0 lets the system choose a free one
 */
public record ServiceSettings(String host, int port) {}
