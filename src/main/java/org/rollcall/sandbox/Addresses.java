package org.rollcall.sandbox;

/** What the provider takes for an e-mail address: a plain, old-fashioned form. */
final class Addresses {
  private static final String LOCAL = "!#$%&'*+-/=?^_`{|}~.";

  private Addresses() {}

  /** Written by hand because imports check millions of them. */
  static boolean valid(String address) {
    int at = address.indexOf('@');
    return at > 0
        && at <= 64
        && at == address.lastIndexOf('@')
        && local(address, at)
        && domain(address, at + 1);
  }

  private static boolean local(String address, int end) {
    for (int i = 0; i < end; i++) {
      char c = address.charAt(i);
      if (!alphanumeric(c) && LOCAL.indexOf(c) < 0) {
        return false;
      }
      boolean edge = i == 0 || i == end - 1;
      if (c == '.' && (edge || address.charAt(i + 1) == '.')) {
        return false;
      }
    }
    return true;
  }

  private static boolean domain(String address, int start) {
    int label = 0;
    int dots = 0;
    for (int i = start; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c == '.') {
        if (label == 0 || address.charAt(i - 1) == '-') {
          return false;
        }
        dots++;
        label = 0;
      } else if (alphanumeric(c) || c == '-' && label > 0) {
        label++;
      } else {
        return false;
      }
    }
    return dots > 0 && label > 1 && address.charAt(address.length() - 1) != '-';
  }

  private static boolean alphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
