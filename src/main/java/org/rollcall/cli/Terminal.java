package org.rollcall.cli;

import java.io.Console;
import java.util.Optional;

/** Whether a person sits before the hub's commands. */
final class Terminal {
  private Terminal() {}

  /**
   * What to ask a person by, empty when input or output is a file or a pipe. From Java 22 there may
   * be a console for these too, which then says itself that it is no terminal.
   */
  @SuppressWarnings("SystemConsoleNull") // it is asked below, as far as Java has the question
  static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
  }

  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
