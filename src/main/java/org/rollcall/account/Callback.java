package org.rollcall.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Listens on the loopback for the browser that comes back from the provider, once. Any page in that
 * browser can knock here too: only who knows the state is let in.
 */
final class Callback implements AutoCloseable {
  private final HttpServer server;
  private final String state;
  private final CompletableFuture<String> code = new CompletableFuture<>();

  private Callback(HttpServer server, String state) {
    this.server = server;
    this.state = state;
  }

  /**
   * @param port 0 for any
   */
  static Callback listen(int port, String state) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    Callback callback =
        new Callback(HttpServer.create(new InetSocketAddress(loopback, port), 0), state);
    callback.server.createContext("/", callback::handle);
    callback.server.start();
    return callback;
  }

  String uri() {
    return "http://localhost:" + server.getAddress().getPort() + "/callback";
  }

  String state() {
    return state;
  }

  /** Waits for the browser. */
  String code(Duration patience) {
    try {
      return code.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Connect.failed("nobody came back from the browser in time");
    } catch (ExecutionException e) {
      throw Connect.failed("the provider did not grant it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Connect.failed("interrupted");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    if (!expected(exchange, query)) {
      reply(exchange, 400, "This is not the answer Rollcall is waiting for.");
    } else if (query.containsKey("code")) {
      reply(exchange, 200, "Thank you. You can close this window and return to Rollcall.");
      code.complete(query.getOrDefault("code", ""));
    } else {
      reply(exchange, 200, "The provider did not grant access. Return to Rollcall.");
      code.completeExceptionally(new IllegalStateException("not granted"));
    }
  }

  private boolean expected(HttpExchange exchange, Map<String, String> query) {
    byte[] given = query.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals("/callback")
        && !code.isDone()
        && MessageDigest.isEqual(given, state.getBytes(StandardCharsets.UTF_8));
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String field : (raw == null ? "" : raw).split("&")) {
      String[] pair = field.split("=", 2);
      if (pair.length == 2) {
        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
