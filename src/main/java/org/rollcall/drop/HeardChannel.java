package org.rollcall.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Consumer;

/**
 * A file whose trouble is heard of even where a reader takes it for the file's end or its fault, as
 * unpackers do.
 */
final class HeardChannel implements SeekableByteChannel {
  private final SeekableByteChannel file;
  private final Consumer<IOException> listener;

  HeardChannel(SeekableByteChannel file, Consumer<IOException> listener) {
    this.file = file;
    this.listener = listener;
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> T heard(Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (IOException e) {
      listener.accept(e);
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return heard(() -> file.read(into));
  }

  @Override
  public long position() throws IOException {
    return heard(file::position);
  }

  @Override
  public SeekableByteChannel position(long to) throws IOException {
    heard(() -> file.position(to));
    return this;
  }

  @Override
  public long size() throws IOException {
    return heard(file::size);
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
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
  public void close() throws IOException {
    heard(
        () -> {
          file.close();
          return this;
        });
  }
}
