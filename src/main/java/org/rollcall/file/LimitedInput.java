package org.rollcall.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The unpacked bytes of a file, as long as they keep to the limits. */
final class LimitedInput extends FilterInputStream {
  private static final long FREE = 10_000_000;

  private final Watch watch;
  private final long bytes;
  private final long ratio;
  private final long unsuspicious;
  private long seen;

  /**
   * @param packed the size of the packed file in bytes
   */
  LimitedInput(InputStream in, Watch watch, Limits limits, long packed) {
    super(in);
    this.watch = watch;
    this.bytes = limits.bytes();
    this.ratio = limits.ratio();
    this.unsuspicious = FREE + Math.multiplyFull(1, limits.ratio()) * packed;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      count(1);
    }
    return one;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = super.read(into, from, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int read) {
    watch.gained();
    seen += read;
    if (seen > bytes) {
      throw new FileException(
          0, "the file unpacks to more than " + bytes + " bytes", "split it", null);
    }
    if (seen > unsuspicious) {
      throw new FileException(
          0,
          "the file unpacks to more than " + ratio + " times its size",
          "unpack it yourself if it is meant to",
          null);
    }
  }
}
