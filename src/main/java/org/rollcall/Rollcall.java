package org.rollcall;

import org.rollcall.cli.CommandLineInterface;

/** The program's entry. */
public final class Rollcall {
  private Rollcall() {}

  public static void main(String[] args) {
    int code = CommandLineInterface.run(args);
    System.exit(code);
  }
}
