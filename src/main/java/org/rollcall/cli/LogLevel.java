package org.rollcall.cli;

/** What {@code --log-level} takes; {@link Logs} reads it before anything else. */
enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
