package org.rollcall.cli;

import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** Logs go to stderr; the level is the one thing needed before the command line is read. */
final class Logs {
  private Logs() {}

  static void configure(String[] args) {
    if (given(args, "--log-format").equals("json")) {
      json();
    }
    Level given = Level.toLevel(given(args, "--log-level").toUpperCase(Locale.ROOT), null);
    Configurator.setRootLevel(given == null ? Level.WARN : given);
    // A service tells in its log what it does; a command tells it in its result.
    if (given == null && List.of(args).contains("run")) {
      Configurator.setLevel("org.rollcall", Level.INFO);
    }
  }

  /** From now on, one JSON object a line. */
  static void json() {
    LoggerContext context = LoggerContext.getContext(false);
    Configuration configuration = context.getConfiguration();
    LoggerConfig root = configuration.getRootLogger();
    if (root.getAppenders().containsKey("stderr")) {
      root.removeAppender("stderr");
      root.addAppender(configuration.getAppender("json"), null, null);
      context.updateLoggers();
    }
  }

  private static String given(String[] args, String option) {
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith(option + "=")) {
        return args[i].substring(option.length() + 1);
      }
      if (args[i].equals(option) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return "";
  }
}
