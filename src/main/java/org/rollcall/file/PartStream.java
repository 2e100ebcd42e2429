package org.rollcall.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * The bytes of one part as they unpack: counted, compared with the checksum of the archive at the
 * end, and refused when they hold no end of a tag for so long that a name would fill the memory.
 */
final class PartStream extends FilterInputStream {
  private static final int LONGEST_WITHOUT_TAG = 8 << 20;

  private final PartBudget budget;
  private final CRC32 seen = new CRC32();
  private final long expected;
  private int withoutTag;

  /**
   * @param expected the CRC-32 of the unpacked part
   */
  PartStream(InputStream in, PartBudget budget, long expected) {
    super(in);
    this.budget = budget;
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = readOrExplain(buffer, offset, length);
    if (count < 0) {
      if (seen.getValue() != expected) {
        throw damaged();
      }
      return count;
    }
    budget.spend(count);
    seen.update(buffer, offset, count);
    watchTags(buffer, offset, count);
    return count;
  }

  private int readOrExplain(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException | IllegalStateException e) {
      throw damaged();
    }
  }

  private static PartException damaged() {
    return new PartException(
        "the workbook is damaged: a part of it cannot be unpacked, or not to what it was",
        "send the file again");
  }

  private void watchTags(byte[] buffer, int offset, int count) throws PartException {
    for (int i = offset + count - 1; i >= offset; i--) {
      if (buffer[i] == '>') {
        withoutTag = offset + count - 1 - i;
        return;
      }
    }
    withoutTag += count;
    if (withoutTag > LONGEST_WITHOUT_TAG) {
      throw new PartException(
          "the workbook holds a tag or a text of more than " + (LONGEST_WITHOUT_TAG >> 20) + " MB",
          "save it anew with a spreadsheet program");
    }
  }

  /** Reading is what counts bytes, so skipping reads. */
  @Override
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[(int) Math.min(count, 8192)];
    return Math.max(0, read(dropped, 0, dropped.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
