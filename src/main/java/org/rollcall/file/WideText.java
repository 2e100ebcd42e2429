package org.rollcall.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells UTF-16 and UTF-32 without a mark by where their zero bytes stand. */
final class WideText {
  private WideText() {}

  static Optional<Charset> guess(byte[] head) {
    int length = head.length / 4 * 4;
    if (length == 0) {
      return Optional.empty();
    }
    double[] zeros = new double[4];
    for (int i = 0; i < length; i++) {
      zeros[i % 4] += head[i] == 0 ? 4.0 / length : 0;
    }
    return Optional.ofNullable(charset(zeros));
  }

  private static @org.jspecify.annotations.Nullable Charset charset(double[] zeros) {
    if (many(zeros[0]) && many(zeros[1]) && few(zeros[3])) {
      return Charset.forName("UTF-32BE");
    }
    if (many(zeros[2]) && many(zeros[3]) && few(zeros[0])) {
      return Charset.forName("UTF-32LE");
    }
    if (some(zeros[0]) && some(zeros[2]) && few(zeros[1]) && few(zeros[3])) {
      return StandardCharsets.UTF_16BE;
    }
    if (some(zeros[1]) && some(zeros[3]) && few(zeros[0]) && few(zeros[2])) {
      return StandardCharsets.UTF_16LE;
    }
    return null;
  }

  private static boolean many(double share) {
    return share > 0.9;
  }

  private static boolean some(double share) {
    return share > 0.2;
  }

  private static boolean few(double share) {
    return share < 0.02;
  }
}
