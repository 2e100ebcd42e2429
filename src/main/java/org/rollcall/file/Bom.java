package org.rollcall.file;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The marks that a file of Unicode text may begin with. */
enum Bom {
  // UTF-32LE before UTF-16LE, which begins alike
  UTF_32BE("UTF-32BE", "0000FEFF"),
  UTF_32LE("UTF-32LE", "FFFE0000"),
  UTF_8("UTF-8", "EFBBBF"),
  UTF_16BE("UTF-16BE", "FEFF"),
  UTF_16LE("UTF-16LE", "FFFE");

  private final Charset charset;
  private final byte[] bytes;

  Bom(String charset, String bytes) {
    this.charset = Charset.forName(charset);
    this.bytes = HexFormat.of().parseHex(bytes);
  }

  static Optional<Bom> of(byte[] head) {
    return Arrays.stream(values()).filter(bom -> bom.begins(head)).findFirst();
  }

  Charset charset() {
    return charset;
  }

  int length() {
    return bytes.length;
  }

  private boolean begins(byte[] head) {
    return head.length >= bytes.length
        && Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
  }
}
