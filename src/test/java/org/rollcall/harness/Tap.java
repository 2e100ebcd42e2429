package org.rollcall.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the hub and the provider, counts the calls, and lets a test act at the very moment
 * at which one arrives or has been answered.
 */
public final class Tap implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "transfer-encoding", "host", "upgrade", "expect");

  /** What happens around call {@code number}, counted from 1; runs on the call's own thread. */
  public interface Watch {
    /** False closes the connection, and the provider never hears of the call. */
    default boolean arrived(int number, String what) {
      return true;
    }

    /** False closes the connection, and the hub never hears of the answer. */
    default boolean answered(int number, String what) {
      return true;
    }

    /** What the hub gets to read instead. */
    default byte[] told(int number, String what, byte[] body) {
      return body;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tap");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI provider;
  private final List<String> calls = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private volatile Watch watch = new Watch() {};
  private volatile @Nullable Throwable failure;

  public Tap(URI provider) {
    this.provider = provider;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::watched);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Forgets the calls so far and watches those to come. */
  public void watch(Watch next) {
    synchronized (calls) {
      calls.clear();
      queries.clear();
      watch = next;
    }
  }

  /** Method and path of the calls since {@link #watch}. */
  public List<String> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** What the calls since {@link #watch} asked for; {@code null} where a call has no query. */
  public List<String> queries() {
    synchronized (calls) {
      return List.copyOf(queries);
    }
  }

  /** What a watch throws would look like a lost call otherwise. */
  private void watched(HttpExchange exchange) throws IOException {
    try {
      handle(exchange);
    } catch (RuntimeException | AssertionError e) {
      failure = e;
      throw e;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    int number;
    Watch now;
    synchronized (calls) {
      calls.add(what);
      queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
      number = calls.size();
      now = watch;
    }
    if (!now.arrived(number, what)) {
      exchange.close();
      return;
    }
    HttpResponse<byte[]> answer = forward(exchange, body);
    if (answer == null || !now.answered(number, what)) {
      exchange.close();
      return;
    }
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] told = now.told(number, what, answer.body());
    int length = told.length;
    exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
    exchange.getResponseBody().write(told);
    exchange.close();
  }

  private @Nullable HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException {
    URI uri = provider.resolve(exchange.getRequestURI().toString());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    request.method(
        exchange.getRequestMethod(),
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      return null; // the sandbox itself closed the connection, so does the tap
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    if (failure != null) {
      throw new AssertionError("a watch failed", failure);
    }
  }
}
