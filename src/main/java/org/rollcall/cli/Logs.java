package org.rollcall.cli;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Logs go to stderr; the level is the one thing needed before the command line is read. */
final class Logs {
  private Logs() {}

  static void configure(String[] args) {
    Level given = Level.toLevel(given(args).toUpperCase(Locale.ROOT), null);
    Configurator.setRootLevel(given == null ? Level.WARN : given);
    // A service tells in its log what it does; a command tells it in its result.
    if (given == null && List.of(args).contains("run")) {
      Configurator.setLevel("org.rollcall", Level.INFO);
    }
  }

  private static String given(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--log-level=")) {
        return args[i].substring("--log-level=".length());
      }
      if (args[i].equals("--log-level") && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return "";
  }
}
