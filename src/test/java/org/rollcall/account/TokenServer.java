package org.rollcall.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OAuth server with strict rotation: a refresh token is worth one refresh, and using it a second
 * time is refused.
 */
final class TokenServer implements AutoCloseable {
  record Request(String path, Map<String, String> form, String authorization) {}

  record Reply(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, Boolean> valid = new ConcurrentHashMap<>();

  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** Taken in turn before the ordinary behaviour; a status of 0 cuts the line after rotating. */
  final ConcurrentLinkedDeque<Reply> planned = new ConcurrentLinkedDeque<>();

  volatile String expiresIn = "3600";
  volatile boolean rotating = true;

  TokenServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  void accept(String refreshToken) {
    valid.put(refreshToken, true);
  }

  void revoke(String refreshToken) {
    valid.remove(refreshToken);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        new Request(
            exchange.getRequestURI().toString(), form, authorization == null ? "" : authorization));
    Reply reply = planned.poll();
    if (reply == null) {
      reply = grant(form);
    } else if (reply.status() == 0) {
      grant(form);
      exchange.close();
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Reply grant(Map<String, String> form) {
    String used = form.getOrDefault("refresh_token", "");
    if (form.getOrDefault("grant_type", "").equals("refresh_token")) {
      if (rotating ? valid.remove(used) == null : !valid.containsKey(used)) {
        return new Reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"canary\"}");
      }
    }
    int n = count.incrementAndGet();
    String refresh = "refresh-" + n;
    accept(refresh);
    return new Reply(
        200,
        "{\"token_type\":\"Bearer\",\"expires_in\":%s,\"access_token\":\"access-%d\"%s}"
            .formatted(expiresIn, n, rotating ? ",\"refresh_token\":\"" + refresh + "\"" : ""));
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String field : body.split("&")) {
      String[] pair = field.split("=", 2);
      if (pair.length == 2) {
        form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
