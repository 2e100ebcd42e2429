package org.rollcall.stage;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows in the text format of COPY, encoded straight into one byte array that is used again for
 * every chunk. Knows two kinds of text: plain ones, and ones inside a JSON document; both at once
 * get the escapes of COPY.
 */
final class CopyChunk {
  /** The most bytes one char becomes: a backslash in JSON is two, each escaped for COPY. */
  private static final int WIDEST = 4;

  private static final Hasher128 HASH = Hashing.xxh3_128();
  private static final byte[] SEPARATOR_IN_JSON = "\\\\u0001".getBytes(StandardCharsets.US_ASCII);
  private static final long BILLION = 1_000_000_000;
  private static final byte[] SMALLEST_LONG =
      "9223372036854775808".getBytes(StandardCharsets.US_ASCII);
  private static final char SEPARATOR = '\u0001';

  private static final boolean[] PLAIN = new boolean[0x80];
  private static final byte[] PAIRS = new byte[200];

  static {
    for (char c = ' '; c < 0x7f; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private byte[] bytes = new byte[1 << 16];
  private int length;
  private int rowStart;

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Drops everything behind a length. */
  void cut(int to) {
    length = to;
  }

  void startRow() {
    rowStart = length;
  }

  /** A comma, a key of a JSON document and a colon, encoded once for {@link #raw}. */
  static byte[] jsonKey(String key) {
    CopyChunk chunk = new CopyChunk();
    chunk.ascii(',');
    chunk.json(key);
    chunk.ascii(':');
    return Arrays.copyOf(chunk.bytes, chunk.length);
  }

  /** The hash of everything since {@link #startRow}; its halves are independent of each other. */
  HashValue128 hash() {
    return HASH.hashBytesTo128Bits(bytes, rowStart, length - rowStart);
  }

  void writeTo(WritableByteChannel file) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
    while (rest.hasRemaining()) {
      file.write(rest);
    }
  }

  void tab() {
    ascii('\t');
  }

  void newline() {
    ascii('\n');
  }

  void ascii(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  /** Bytes that need no escaping any more. */
  void raw(byte[] encoded) {
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, length, encoded.length);
    length += encoded.length;
  }

  /** Writes a key, then once more what was written since a position. */
  void repeat(int start, byte[] key) {
    int count = length - start;
    room(key.length + count);
    raw(key);
    System.arraycopy(bytes, start, bytes, length, count);
    length += count;
  }

  /** Turns the comma before the first member of an object, if it has one, into its bracket. */
  void open(int start) {
    if (length == start) {
      ascii('{');
    } else {
      bytes[start] = '{';
    }
  }

  void number(long value) {
    room(20);
    long positive = value;
    if (value < 0) {
      bytes[length++] = '-';
      positive = -value;
    }
    if (positive < 0) {
      raw(SMALLEST_LONG);
    } else if (positive < BILLION) {
      leading((int) positive);
    } else if (positive < BILLION * BILLION) {
      leading((int) (positive / BILLION));
      nineDigits((int) (positive % BILLION));
    } else {
      leading((int) (positive / (BILLION * BILLION)));
      long rest = positive % (BILLION * BILLION);
      nineDigits((int) (rest / BILLION));
      nineDigits((int) (rest % BILLION));
    }
  }

  private void leading(int value) {
    int end = length + 1;
    for (int bound = 10; bound <= value && end < length + 9; bound *= 10) {
      end++;
    }
    digits(value, end);
  }

  private void nineDigits(int value) {
    digits(value, length + 9);
  }

  private void digits(int value, int end) {
    int rest = value;
    int at = end;
    while (at - length >= 2) {
      int pair = rest % 100 * 2;
      rest /= 100;
      bytes[--at] = PAIRS[pair + 1];
      bytes[--at] = PAIRS[pair];
    }
    if (at > length) {
      bytes[length] = (byte) ('0' + rest);
    }
    length = end;
  }

  /** A column of its own. */
  void text(String text) {
    room(text.length() * WIDEST);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = '\\';
      } else if (c < 0x7f) {
        control(c);
      } else {
        i += beyondAscii(text, i, c);
      }
    }
  }

  /** A string of a JSON document, with its quotes. */
  void json(String text) {
    int count = text.length();
    room(count * WIDEST + 2);
    byte[] into = bytes;
    int at = length;
    into[at++] = '"';
    int i = 0;
    for (; i < count; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || !PLAIN[c]) {
        break;
      }
      into[at++] = (byte) c;
    }
    length = at;
    if (i < count) {
      jsonWithEscapes(text, i);
    }
    bytes[length++] = '"';
  }

  private void jsonWithEscapes(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        bytes[length++] = '\\';
        bytes[length++] = '\\';
        bytes[length++] = '"';
      } else if (c == '\\') {
        Arrays.fill(bytes, length, length + 4, (byte) '\\');
        length += 4;
      } else if (c < 0x7f) {
        control(c);
      } else {
        i += beyondAscii(text, i, c);
      }
    }
  }

  /** A string of a JSON document whose parts are separated by U+0001. */
  void jsonOfParts(String text) {
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      json(text);
      return;
    }
    json(text.substring(0, separator));
    length--;
    raw(SEPARATOR_IN_JSON);
    int quote = length;
    json(text.substring(separator + 1));
    System.arraycopy(bytes, quote + 1, bytes, quote, length - quote - 1);
    length--;
  }

  /** Line breaks and tabs become a blank, other control characters nothing. */
  private void control(char c) {
    if (c >= ' ') {
      bytes[length++] = (byte) c;
    } else if (c >= '\t' && c <= '\r') {
      bytes[length++] = ' ';
    }
  }

  /** Writes the character at a position; the answer is how many chars more than one it took. */
  private int beyondAscii(String text, int at, char c) {
    if (c <= 0x9f) {
      return 0;
    }
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | c >> 6);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
      return 0;
    }
    if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      fourBytes(Character.toCodePoint(c, text.charAt(at + 1)));
      return 1;
    }
    threeBytes(Character.isSurrogate(c) ? '\ufffd' : c);
    return 0;
  }

  private void threeBytes(char c) {
    bytes[length++] = (byte) (0xe0 | c >> 12);
    bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
    bytes[length++] = (byte) (0x80 | c & 0x3f);
  }

  private void fourBytes(int c) {
    bytes[length++] = (byte) (0xf0 | c >> 18);
    bytes[length++] = (byte) (0x80 | c >> 12 & 0x3f);
    bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
    bytes[length++] = (byte) (0x80 | c & 0x3f);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
