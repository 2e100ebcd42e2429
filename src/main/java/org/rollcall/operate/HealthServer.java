package org.rollcall.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.rollcall.settings.ServiceSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /live}, {@code /ready} and {@code /health} in JSON. */
final class HealthServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  private HealthServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** What a path answers. */
  private record Answer(int status, Map<String, ?> body) {}

  private interface Question {
    Answer answer();
  }

  /**
   * Takes the port, so that a second service on it is refused before it does anything.
   *
   * @throws IllegalStateException with a sentence for the operator
   */
  static HealthServer bind(ServiceSettings settings) {
    try {
      InetAddress host = InetAddress.getByName(settings.host());
      if (!host.isLoopbackAddress()) {
        LOG.warn(
            "rollcall.service.host is {}: whoever reaches it sees the names of accounts and syncs",
            settings.host());
      }
      HttpServer server = HttpServer.create(new InetSocketAddress(host, settings.port()), 64);
      ExecutorService threads =
          Executors.newFixedThreadPool(
              THREADS,
              work -> {
                Thread thread = new Thread(work, "health");
                thread.setDaemon(true);
                return thread;
              });
      server.setExecutor(threads);
      return new HealthServer(server, threads);
    } catch (IOException e) {
      throw new IllegalStateException(
          ("the service cannot listen on %s:%d (%s); stop what listens there, or set"
                  + " rollcall.service.host and rollcall.service.port")
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  void serve(Health health) {
    on("/live", () -> new Answer(200, Map.of("status", "up")));
    on("/ready", () -> ready(health.reasons()));
    on(
        "/health",
        () -> {
          Map<String, Object> all = health.all();
          return new Answer("up".equals(all.get("status")) ? 200 : 503, all);
        });
    server.createContext("/", exchange -> send(exchange, notFound()));
    server.start();
  }

  private static Answer ready(List<String> reasons) {
    return reasons.isEmpty()
        ? new Answer(200, Map.of("status", "up"))
        : new Answer(503, Map.of("status", "down", "reasons", reasons));
  }

  private static Answer notFound() {
    return new Answer(404, Map.of("error", "there are /live, /ready and /health"));
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void on(String path, Question question) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, notFound());
          } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, new Answer(405, Map.of("error", "only GET and HEAD")));
          } else {
            send(exchange, answered(question));
          }
        });
  }

  private static Answer answered(Question question) {
    try {
      return question.answer();
    } catch (RuntimeException e) {
      LOG.warn("health cannot be told: {}", e.getMessage());
      return new Answer(503, Map.of("status", "down", "reasons", List.of("see the log")));
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(answer.status(), -1);
        return;
      }
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
