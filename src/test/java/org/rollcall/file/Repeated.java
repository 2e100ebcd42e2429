package org.rollcall.file;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** A file of any size that takes no room: a beginning, the same bytes many times, an end. */
final class Repeated implements SeekableByteChannel {
  private final byte[] head;
  private final byte[] body;
  private final byte[] tail;
  private final long bodyEnd;
  private long position;
  private boolean open = true;

  Repeated(String head, String body, long size, String tail) {
    this.head = head.getBytes(StandardCharsets.ISO_8859_1);
    this.body = body.repeat(1 + (1 << 16) / body.length()).getBytes(StandardCharsets.ISO_8859_1);
    this.tail = tail.getBytes(StandardCharsets.ISO_8859_1);
    this.bodyEnd = this.head.length + size / this.body.length * this.body.length;
  }

  @Override
  public int read(ByteBuffer into) {
    if (position >= size()) {
      return -1;
    }
    if (position < head.length) {
      return put(head, (int) position, into);
    }
    if (position < bodyEnd) {
      return put(body, (int) ((position - head.length) % body.length), into);
    }
    return put(tail, (int) (position - bodyEnd), into);
  }

  private int put(byte[] bytes, int from, ByteBuffer into) {
    int length = Math.min(into.remaining(), bytes.length - from);
    into.put(bytes, from, length);
    position += length;
    return length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long to) {
    position = to;
    return this;
  }

  @Override
  public long size() {
    return bodyEnd + tail.length;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long to) {
    throw new NonWritableChannelException();
  }
}
