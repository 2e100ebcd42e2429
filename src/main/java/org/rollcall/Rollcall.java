package org.rollcall;

/** The command line's entry. */
public final class Rollcall {
  private Rollcall() {}

  public static void main(String[] args) {}
}
