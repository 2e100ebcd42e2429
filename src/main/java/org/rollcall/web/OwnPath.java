package org.rollcall.web;

/** Paths on this server. What could lead a browser elsewhere is none. */
public final class OwnPath {
  private OwnPath() {}

  /**
   * Whether a browser stays on this server when it is sent there. Browsers read {@code //} and
   * {@code /\} as the beginning of another server's name.
   */
  public static boolean is(String path) {
    return path.matches("/(?![/\\\\])[!-~&&[^\\\\]]*");
  }

  /**
   * @throws IllegalArgumentException when it is none, which is a mistake of ours
   */
  static void check(String path) {
    if (!is(path)) {
      throw new IllegalArgumentException("not a path of this server; encode what stands in it");
    }
  }
}
