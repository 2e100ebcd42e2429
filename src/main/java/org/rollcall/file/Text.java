package org.rollcall.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The characters of a file, seen through a window that moves forward. What lies between {@link
 * #mark} and {@link #end} stays in memory; it never grows beyond {@link #most}.
 */
final class Text implements Closeable {
  /**
   * Answers of {@link #fill}: there is more; the file ends here; the window is as wide as may be.
   */
  enum Fill {
    MORE,
    END,
    FULL
  }

  private static final int FIRST = 1 << 17;
  private static final int STEP = 1 << 14;
  private static final int FLAWS_KEPT = 1_000;

  char[] chars;
  int mark;
  int end;

  private final int most;
  private final @Nullable Decoding decoding;
  private final Deque<Flaw> flaws = new ArrayDeque<>();
  private long before;
  private boolean cut;

  /** Bytes that are no character: which character stands for them, and where they are. */
  private record Flaw(long at, long offset) {}

  private Text(char[] chars) {
    this.chars = chars;
    this.end = chars.length;
    this.most = chars.length;
    this.decoding = null;
  }

  /** Closes the bytes with itself. */
  Text(InputStream bytes, Encoding encoding, Limits limits) throws IOException {
    this.most = Math.multiplyExact(8, limits.cellChars());
    this.chars = new char[Math.min(FIRST, most + STEP)];
    this.decoding = new Decoding(bytes, encoding.charset(), encoding.bom(), this::found);
  }

  /** A part of a text that is in memory already. */
  static Text of(char[] chars, int from, int to) {
    return new Text(Arrays.copyOfRange(chars, from, to));
  }

  /** Reads on until the window holds as much as fits at first, or the whole file. */
  boolean fillHead() {
    while (end < chars.length - STEP) {
      Fill fill = fill();
      if (fill != Fill.MORE) {
        return fill == Fill.END;
      }
    }
    return false;
  }

  /** Reads on. The window may move in the array: positions have to be counted from the mark. */
  Fill fill() {
    if (decoding == null) {
      return Fill.END;
    }
    if (end - mark >= most) {
      return Fill.FULL;
    }
    makeRoom();
    int read = read(decoding);
    if (read < 0) {
      return Fill.END;
    }
    end += read;
    return Fill.MORE;
  }

  private void makeRoom() {
    if (mark > 0) {
      System.arraycopy(chars, mark, chars, 0, end - mark);
      before += mark;
      end -= mark;
      mark = 0;
    }
    if (chars.length - end < STEP) {
      chars = Arrays.copyOf(chars, Math.min(chars.length * 2, most + 2 * STEP));
    }
  }

  private int read(Decoding decoding) {
    try {
      return decoding.read(chars, end, chars.length - end);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What an unpacker says; that the file itself cannot be read never comes here. */
  static FileException unreadable(IOException e) {
    return new FileException(
        0, "the packed file is damaged or not whole", "copy or pack it again", e);
  }

  private void found(long at, long offset, boolean atEnd) {
    cut |= atEnd;
    if (flaws.size() == FLAWS_KEPT) {
      forget();
    }
    if (flaws.size() < FLAWS_KEPT) {
      flaws.add(new Flaw(at, offset));
    }
  }

  private void forget() {
    while (!flaws.isEmpty() && flaws.peek().at() < before + mark) {
      flaws.remove();
    }
  }

  /**
   * Where the first bytes that are no character are in the unpacked file, counted from 1, looking
   * at some characters from the mark on.
   */
  OptionalLong flaw(int length) {
    forget();
    Flaw next = flaws.peek();
    return next == null || next.at() >= before + mark + length
        ? OptionalLong.empty()
        : OptionalLong.of(next.offset() + 1);
  }

  /** Whether the file ends in the middle of a character; known at the end. */
  boolean cut() {
    return cut;
  }

  @Override
  public void close() throws IOException {
    if (decoding != null) {
      decoding.close();
    }
  }
}
