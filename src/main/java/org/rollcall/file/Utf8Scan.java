package org.rollcall.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a whole file once to see whether it is UTF-8, and keeps samples of what is not. */
final class Utf8Scan {
  private static final int CHUNK = 1 << 16;
  private static final int SAMPLE = 8_000;
  private static final int AROUND = 24;
  private static final int ENOUGH = 20_000;

  private final boolean[] seen = new boolean[256];
  private final ByteArrayOutputStream sample = new ByteArrayOutputStream();
  private long good;
  private long bad;
  private boolean cut;

  private Utf8Scan() {}

  static Utf8Scan of(Content content) throws IOException {
    Utf8Scan scan = new Utf8Scan();
    try (Sampling in = scan.new Sampling(content.open());
        Decoding decoding = new Decoding(in, StandardCharsets.UTF_8, 0, scan::flaw)) {
      scan.read(decoding);
    }
    return scan;
  }

  private void read(Decoding decoding) throws IOException {
    char[] chars = new char[CHUNK];
    for (int read = decoding.read(chars, 0, CHUNK);
        read >= 0 && !hopeless();
        read = decoding.read(chars, 0, CHUNK)) {
      for (int i = 0; i < read; i++) {
        if (chars[i] >= 0x80) {
          good++;
        }
      }
    }
    good -= bad;
  }

  private void flaw(long at, long offset, boolean atEnd) {
    bad++;
    cut |= atEnd;
  }

  private boolean hopeless() {
    return bad > ENOUGH && bad > good - bad;
  }

  /** Every byte of the file makes sense. */
  boolean whole() {
    return bad == 0;
  }

  /** Most of what is beyond ASCII makes sense, or all but the very end. */
  boolean mostly() {
    return good >= bad || cut && bad == 1;
  }

  /** Parts of the file with bytes beyond ASCII, at most 8,000 bytes. */
  byte[] sample() {
    return sample.toByteArray();
  }

  /** Whether a byte stands anywhere in what was read. */
  boolean seen(int value) {
    return seen[value];
  }

  /** Takes samples as the bytes go by. */
  private final class Sampling extends java.io.FilterInputStream {
    Sampling(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      int sampled = from;
      for (int i = from; i < from + read; i++) {
        if (into[i] < 0) {
          seen[into[i] & 0xFF] = true;
          sampled =
              i >= sampled ? take(into, Math.max(sampled, i - AROUND), from + read, i) : sampled;
        }
      }
      return read;
    }

    private int take(byte[] bytes, int from, int limit, int at) {
      int to = Math.min(limit, at + AROUND);
      sample.write(bytes, from, Math.min(to - from, SAMPLE - sample.size()));
      return to;
    }
  }
}
