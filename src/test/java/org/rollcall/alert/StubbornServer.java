package org.rollcall.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A mail server that can be told to refuse, to hang, to dawdle and to break off. */
final class StubbornServer implements AutoCloseable {
  /** In place of an answer: says nothing more and keeps the connection. */
  static final String HANG = "hang";

  /** In place of an answer: a byte now and then, and never a whole line. */
  static final String DAWDLE = "dawdle";

  /** In place of an answer: cuts the connection. */
  static final String CUT = "cut";

  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  volatile boolean offersTls;
  volatile boolean wantsPassword;
  volatile boolean speaksTlsOnly;

  private final ServerSocket socket;
  private final @Nullable SSLSocketFactory tls;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile UnaryOperator<@Nullable String> answer = command -> null;

  StubbornServer(@Nullable SSLSocketFactory tls) throws IOException {
    this.tls = tls;
    this.socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  StubbornServer() throws IOException {
    this(null);
  }

  int port() {
    return socket.getLocalPort();
  }

  /**
   * What to say to a command, such as {@code MAIL} or {@code END} for the end of a message; null
   * for what is usual.
   */
  void answers(UnaryOperator<@Nullable String> given) {
    answer = given;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "stubborn-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (Socket connection = speaksTlsOnly ? secure(plain) : plain) {
      if (say(connection, "HELLO", "220 here")) {
        talk(connection, speaksTlsOnly);
      }
    } catch (IOException e) {
      // the other side went away
    }
  }

  private void talk(Socket connection, boolean secured) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = in.readLine()) != null) {
      commands.add(line);
      String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      if (!say(connection, word.equals("RCPT") ? line : word, usual(word, secured))) {
        return;
      }
      if (word.equals("DATA") && accepted("DATA") && !readMessage(in, connection)) {
        return;
      }
      if (word.equals("STARTTLS")) {
        talk(secure(connection), true);
        return;
      }
      if (word.equals("QUIT")) {
        return;
      }
    }
  }

  private boolean accepted(String command) {
    return answer.apply(command) == null;
  }

  private boolean readMessage(BufferedReader in, Socket connection) throws IOException {
    StringBuilder message = new StringBuilder();
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      message.append(line).append('\n');
      line = in.readLine();
    }
    messages.add(message.toString());
    return say(connection, "END", "250 taken");
  }

  private SSLSocket secure(Socket plain) throws IOException {
    SSLSocketFactory factory = Objects.requireNonNull(tls);
    SSLSocket secured = (SSLSocket) factory.createSocket(plain, "localhost", plain.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private String usual(String word, boolean secured) {
    return switch (word) {
      case "EHLO" -> hello(secured);
      case "STARTTLS" -> "220 go on";
      case "AUTH" -> "235 come in";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 fine";
    };
  }

  private String hello(boolean secured) {
    String tlsOffer = offersTls && !secured ? "250-STARTTLS\r\n" : "";
    String auth = wantsPassword ? "250-AUTH PLAIN LOGIN\r\n" : "";
    return "250-here\r\n" + tlsOffer + auth + "250 8BITMIME";
  }

  /** Whether the conversation goes on. */
  private boolean say(Socket connection, String command, String usual) throws IOException {
    String told = answer.apply(command);
    String reply = told == null ? usual : told;
    OutputStream out = connection.getOutputStream();
    switch (reply) {
      case HANG -> await();
      case DAWDLE -> dawdle(out);
      case CUT -> connection.close();
      default -> {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
      }
    }
    return false;
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dawdle(OutputStream out) throws IOException {
    try {
      while (!closed.await(20, TimeUnit.MILLISECONDS)) {
        out.write('2');
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
