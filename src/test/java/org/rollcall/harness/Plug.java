package org.rollcall.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP connection that can be pulled. A process whose only way to its state is pulled is as good
 * as killed: nothing it does afterwards is remembered.
 */
public final class Plug implements AutoCloseable {
  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean pulled;

  public Plug(int targetPort) {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::serve);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Cuts every connection and lets none through until {@link #restore}. */
  public void pull() {
    pulled = true;
    sockets.forEach(Plug::closeQuietly);
    sockets.clear();
  }

  public void restore() {
    pulled = false;
  }

  private void serve() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      if (pulled) {
        closeQuietly(client);
        continue;
      }
      Socket server = new Socket();
      server.connect(target);
      sockets.add(client);
      sockets.add(server);
      start(() -> pass(client, server));
      start(() -> pass(server, client));
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count >= 0 && !pulled; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // a cut connection is what this is for
              }
            },
            "plug");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  @Override
  public void close() {
    pull();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
