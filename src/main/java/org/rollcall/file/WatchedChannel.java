package org.rollcall.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file as the unpackers see it: watched, not writable, and closed by nobody but its owner. */
final class WatchedChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final Watch watch;

  WatchedChannel(SeekableByteChannel file, Watch watch) {
    this.file = file;
    this.watch = watch;
  }

  @Override
  public int read(ByteBuffer into) {
    int bytes = readFile(into);
    watch.read(Math.max(0, bytes));
    return bytes;
  }

  /** Makes a difference between a file that cannot be read and one that cannot be unpacked. */
  private int readFile(ByteBuffer into) {
    try {
      return file.read(into);
    } catch (IOException e) {
      throw new FileException(0, "the file cannot be read any further", "try again", e);
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long to) throws IOException {
    file.position(to);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {
    // the table closes the file
  }
}
