package org.rollcall.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Turns bytes into characters. What is no character of the charset becomes a low surrogate on its
 * own, which no file can hold otherwise; its low eight bits are the first of the bytes.
 */
final class Decoding implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final char ESCAPE = '\uDC00';

  /** How many bytes beyond ASCII are left to the charset before ASCII is looked for again. */
  private static final int STRETCH = 64;

  /** Is told of bytes that are no character. */
  interface Flaws {
    /**
     * @param at the character that stands for them, counted from 0
     * @param offset of the first byte in the unpacked file, from 0
     * @param atEnd whether the file ends with them
     */
    void found(long at, long offset, boolean atEnd);
  }

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final Flaws flaws;
  private final boolean containsAscii;
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
  private long offset;
  private long made;
  private boolean ended;
  private boolean flushed;

  /**
   * @param skip how many bytes of the beginning are no text
   */
  Decoding(InputStream in, Charset charset, int skip, Flaws flaws) throws IOException {
    this.in = in;
    this.flaws = flaws;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    containsAscii = charset.name().matches("UTF-8|US-ASCII|ISO-8859-.*|windows-125.");
    in.skipNBytes(skip);
    offset = skip;
  }

  /** The byte that a low surrogate on its own stands for. */
  static int byteOf(char escape) {
    return escape & 0xFF;
  }

  /** Fills part of an array; -1 at the end. The part has to have room for two characters. */
  int read(char[] into, int from, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(into, from, length);
    while (chars.position() == from && !flushed) {
      step(chars);
    }
    int read = chars.position() - from;
    made += read;
    return read == 0 ? -1 : read;
  }

  private void step(CharBuffer chars) throws IOException {
    int before = bytes.position();
    CoderResult result = containsAscii ? mixed(chars) : decoder.decode(bytes, chars, ended);
    offset += bytes.position() - before;
    if (result.isError()) {
      escape(result.length(), chars);
    } else if (result.isUnderflow() && ended) {
      flushed = decoder.flush(chars).isUnderflow();
    } else if (result.isUnderflow()) {
      more();
    }
  }

  /**
   * Most of most files is ASCII, and the JDK's decoders are several times slower from the first
   * other character on.
   */
  private CoderResult mixed(CharBuffer chars) {
    int limit = bytes.limit();
    CoderResult result;
    do {
      ascii(chars);
      boolean shortened = bytes.remaining() > STRETCH;
      bytes.limit(shortened ? bytes.position() + STRETCH : limit);
      result = decoder.decode(bytes, chars, ended && !shortened);
      bytes.limit(limit);
      if (!shortened) {
        return result;
      }
    } while (result.isUnderflow());
    return result;
  }

  private void ascii(CharBuffer chars) {
    byte[] from = bytes.array();
    char[] into = chars.array();
    int at = bytes.position();
    int to = chars.arrayOffset() + chars.position();
    int end = at + Math.min(bytes.remaining(), chars.remaining());
    while (at < end && from[at] >= 0) {
      into[to++] = (char) from[at++];
    }
    chars.position(chars.position() + at - bytes.position());
    bytes.position(at);
  }

  private void escape(int length, CharBuffer chars) {
    if (!chars.hasRemaining()) {
      return;
    }
    int first = bytes.get(bytes.position()) & 0xFF;
    bytes.position(bytes.position() + length);
    flaws.found(
        made + chars.position() - chars.arrayOffset(), offset, ended && !bytes.hasRemaining());
    offset += length;
    chars.put((char) (ESCAPE + first));
  }

  private void more() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    bytes.position(bytes.position() + Math.max(0, read));
    bytes.flip();
    ended = read < 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
