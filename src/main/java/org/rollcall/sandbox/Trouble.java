package org.rollcall.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Carries ordered faults out. */
final class Trouble {
  /** Stands for a connection that is closed without an answer. */
  static final Answer RESET = Answer.empty(-1);

  private static final int DROPS = 20;

  private Trouble() {}

  /** The answer that comes instead of doing the work; absent when the work is to be done. */
  static @Nullable Answer before(Call call, Fault fault) throws InterruptedException {
    return switch (fault.effect()) {
      case STATUS -> status(call, fault);
      case HTML ->
          Answer.html(
              fault.status() == 0 ? 502 : fault.status(),
              "<html><head><title>Bad Gateway</title></head><body>Bad Gateway</body></html>");
      case THROTTLED -> Answer.gateway(429, "throttled", "Too Many Requests");
      case QUOTA_EXCEEDED -> Answer.gateway(429, "quota_exceeded", "Limit Exceeded");
      case FORBIDDEN -> Answer.empty(403);
      case RESET_BEFORE -> RESET;
      case DELAY -> {
        if (!holdsContact(call)) {
          Thread.sleep(fault.delay().toMillis());
        }
        yield null;
      }
      case RESET_AFTER,
          TRUNCATE,
          DRIBBLE,
          EMPTY,
          ACTIVITY_STUCK,
          ACTIVITY_FAILED,
          ACTIVITY_CANCELLED,
          ACTIVITY_TIMED_OUT,
          LATE ->
          null;
    };
  }

  /** Writes to one contact wait while they hold it, so that two of them can meet. */
  private static boolean holdsContact(Call call) {
    return call.path.startsWith("/v3/contacts") && !call.method.equals("GET");
  }

  static void hold(@Nullable Fault fault) throws InterruptedException {
    if (fault != null && fault.effect() == Fault.Effect.DELAY) {
      Thread.sleep(fault.delay().toMillis());
    }
  }

  private static Answer status(Call call, Fault fault) {
    int status = fault.status() == 0 ? 500 : fault.status();
    if (fault.body() != null) {
      return Answer.of(
          status,
          "application/json",
          fault.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    if (call.path.startsWith("/oauth2")) {
      return Answer.oauth(status, status == 429 ? "too_many_requests" : "server_error", "Trouble.");
    }
    if (status == 401) {
      return Answer.gateway(401, "unauthorized", "Unauthorized");
    }
    return new Refusal(status, "contacts.api.error", "Trouble ordered by a test").answer();
  }

  /** Sends an answer as the fault wants it; false when the client cannot have got all of it. */
  static boolean after(HttpExchange exchange, Answer answer, Fault fault)
      throws IOException, InterruptedException {
    switch (fault.effect()) {
      case RESET_AFTER -> {
        exchange.close();
        return false;
      }
      case EMPTY -> {
        exchange.sendResponseHeaders(answer.status(), -1);
        exchange.close();
        return true;
      }
      case TRUNCATE -> {
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.status(), Math.max(body.length, 2));
        exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
        exchange.getResponseBody().flush();
        exchange.close();
        return false;
      }
      case DRIBBLE -> {
        dribble(exchange, answer, fault);
        return true;
      }
      default -> throw new IllegalArgumentException("no way to answer: " + fault.effect());
    }
  }

  static boolean shapesAnswer(@Nullable Fault fault) {
    return fault != null
        && switch (fault.effect()) {
          case RESET_AFTER, TRUNCATE, DRIBBLE, EMPTY -> true;
          default -> false;
        };
  }

  private static void dribble(HttpExchange exchange, Answer answer, Fault fault)
      throws IOException, InterruptedException {
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    OutputStream out = exchange.getResponseBody();
    int drop = Math.max(1, body.length / DROPS);
    for (int at = 0; at < body.length; at += drop) {
      Thread.sleep(fault.delay().toMillis() / DROPS);
      out.write(body, at, Math.min(drop, body.length - at));
      out.flush();
    }
    exchange.close();
  }
}
