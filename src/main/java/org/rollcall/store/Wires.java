package org.rollcall.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of the hub's database sessions, which know since when somebody has waited for an
 * answer. Public because the driver makes it by its name.
 */
public final class Wires extends SocketFactory {
  private static final ThreadLocal<Wire> LAST_READ = new ThreadLocal<>();

  /** The wire that the calling thread has read from last. */
  static @Nullable Wire lastRead() {
    return LAST_READ.get();
  }

  /** One socket's input. */
  static final class Wire extends FilterInputStream {
    /** Of a session whose socket somebody else makes, as the settings may say. */
    static final Wire UNKNOWN = new Wire(InputStream.nullInputStream());

    /** By {@link System#nanoTime}; 0 while nobody waits. */
    private volatile long waitingSince;

    Wire(InputStream in) {
      super(in);
    }

    /** 0 while nobody waits. */
    long waitingSince() {
      return waitingSince;
    }

    @Override
    public int read() throws IOException {
      begin();
      try {
        return super.read();
      } finally {
        waitingSince = 0;
      }
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      begin();
      try {
        return super.read(bytes, from, count);
      } finally {
        waitingSince = 0;
      }
    }

    private void begin() {
      LAST_READ.set(this);
      waitingSince = System.nanoTime() | 1;
    }
  }

  private static final class WiredSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new Wire(super.getInputStream());
    }
  }

  @Override
  public Socket createSocket() {
    return new WiredSocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException();
  }
}
