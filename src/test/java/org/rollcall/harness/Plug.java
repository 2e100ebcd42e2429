package org.rollcall.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection that can be pulled. A process whose only way to its state is pulled is as good
 * as killed: nothing it does afterwards is remembered.
 */
public final class Plug implements AutoCloseable {
  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
  private final AtomicLong passed = new AtomicLong();
  private volatile boolean pulled;
  private volatile boolean silent;
  private volatile Socket[] busiest = {};
  private volatile @Nullable Trip trip;

  /** What happens once so many bytes have passed, in both directions together. */
  private record Trip(long after, Runnable action) {}

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

  /** From now on nothing gets through, and nobody is told: a firewall that forgot us. */
  public void fallSilent() {
    silent = true;
    lost.addAll(sockets);
    sockets.clear();
  }

  /** The connection that carried the last bytes falls silent; all others go on. */
  public void oneFallsSilent() {
    lost.addAll(List.of(busiest));
  }

  /** New connections get through again; those that were cut or fell silent stay so. */
  public void restore() {
    pulled = false;
    silent = false;
  }

  /** Both ends of silent connections hear at last that there is nobody. */
  public void dropLost() {
    lost.forEach(Plug::closeQuietly);
    lost.clear();
  }

  /** Bytes that went through since the start or the last {@link #tripAfter}. */
  public long passed() {
    return passed.get();
  }

  /** Acts when so many more bytes have gone through. */
  public void tripAfter(long bytes, Runnable action) {
    passed.set(0);
    trip = new Trip(bytes, action);
  }

  private void count(int bytes) {
    long now = passed.addAndGet(bytes);
    Trip set = trip;
    if (set != null && now >= set.after() && now - bytes < set.after()) {
      set.action().run();
    }
  }

  private void serve() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      if (pulled) {
        closeQuietly(client);
        continue;
      }
      if (silent) {
        lost.add(client); // accepted and never answered
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
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = in.read(buffer); count >= 0 && !pulled; count = in.read(buffer)) {
        busiest = new Socket[] {from, to};
        count(count);
        if (!lost.contains(from)) {
          out.write(buffer, 0, count);
        }
      }
    } finally {
      // the other end of a silent connection hears nothing, not even its end
      if (!lost.contains(from)) {
        closeQuietly(from);
        closeQuietly(to);
      }
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
    dropLost();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
