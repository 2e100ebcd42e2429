package org.rollcall.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes one connection through and cuts it after so many bytes of answers. */
final class CuttingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final long cutAfter;

  CuttingProxy(int target, long cutAfter) throws IOException {
    this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.target = target;
    this.cutAfter = cutAfter;
    start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() throws IOException {
    try (Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      start(() -> pass(client.getInputStream(), server.getOutputStream(), Long.MAX_VALUE));
      pass(server.getInputStream(), client.getOutputStream(), cutAfter);
    }
  }

  private static void pass(InputStream from, OutputStream to, long most) throws IOException {
    byte[] buffer = new byte[1_024];
    long left = most;
    int count = from.read(buffer);
    while (count >= 0 && left > 0) {
      to.write(buffer, 0, (int) Math.min(count, left));
      left -= count;
      count = left > 0 ? from.read(buffer) : 0;
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
                // a cut connection ends both directions, which is what this is for
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
