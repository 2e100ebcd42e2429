package org.rollcall.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The door: reads a request, hands it to whom it is for, sends the answer, writes the journal. */
final class Front implements HttpHandler {
  private static final int LARGEST_BODY = 64 * 1024 * 1024;

  private final World world;
  private final Gateway gateway;
  private final OAuth oauth;
  private final ControlResource control;
  private final Page page;

  Front(World world, Control control, String origin) {
    this.world = world;
    this.gateway =
        new Gateway(
            world.router, world.grants, world.clients, world.limits, world.faults, world.clock);
    this.oauth =
        new OAuth(
            world.clients,
            world.grants,
            world.consents,
            world.limits,
            world.faults,
            world::account,
            world.options().approveAtOnce(),
            origin);
    this.control = new ControlResource(control);
    this.page = new Page(control);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long started = System.nanoTime();
    Instant at = world.clock.instant();
    try {
      Call call = read(exchange);
      Gateway.Decided decided = decide(call);
      boolean provider = call.path.startsWith("/v3") || call.path.startsWith("/oauth2");
      long entry = provider ? world.journal.add(entry(call, decided, at)) : 0;
      boolean sent = false;
      try {
        sent = send(exchange, call, decided.answer());
      } finally {
        world.journal.settle(entry, sent, (System.nanoTime() - started) / 1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private static Call read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        exchange.getRequestURI().getRawQuery(),
        headers,
        body);
  }

  private Gateway.Decided decide(Call call) throws InterruptedException {
    try {
      if (call.body.length > LARGEST_BODY) {
        return new Gateway.Decided(Answer.empty(413), "refused");
      }
      if (call.path.startsWith("/v3/")) {
        return gateway.answer(call);
      }
      if (call.path.startsWith(OAuth.BASE)) {
        Answer answer = oauth.answer(call);
        String decision = answer.status() < 400 ? "accepted" : "refused";
        return new Gateway.Decided(answer, fault(call, decision));
      }
      if (call.path.startsWith("/sandbox")) {
        return new Gateway.Decided(control.answer(call), "control");
      }
      return new Gateway.Decided(page.answer(call), "page");
    } catch (Refusal refusal) {
      return new Gateway.Decided(refusal.answer(), "refused");
    } catch (RuntimeException e) {
      System.getLogger("org.rollcall.sandbox")
          .log(System.Logger.Level.ERROR, "the sandbox failed at " + call.method, e);
      return new Gateway.Decided(
          Answer.json(500, Json.object().put("sandbox_defect", e.toString())), "defect");
    }
  }

  private static String fault(Call call, String decision) {
    return call.fault == null ? decision : "fault:" + call.fault.effect();
  }

  /** Whether the whole answer was handed to the connection. */
  private static boolean send(HttpExchange exchange, Call call, Answer answer)
      throws IOException, InterruptedException {
    if (answer.status() == Trouble.RESET.status()) {
      exchange.close();
      return false;
    }
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    Fault fault = call.fault;
    if (fault != null && Trouble.shapesAnswer(fault)) {
      return Trouble.after(exchange, answer, fault);
    }
    stream(exchange, answer, answer.streaming());
    return true;
  }

  private static void stream(
      HttpExchange exchange, Answer answer, Answer.@Nullable Streaming streaming)
      throws IOException {
    if (streaming != null) {
      exchange.sendResponseHeaders(answer.status(), 0);
      try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
        streaming.write(out);
      }
      return;
    }
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static LongFunction<JournalEntry> entry(Call call, Gateway.Decided decided, Instant at) {
    long now = System.currentTimeMillis();
    boolean secret = call.path.startsWith("/oauth2") || call.rawQuery == null;
    String path = secret ? call.path : call.path + "?" + call.rawQuery;
    return number ->
        new JournalEntry(
            number,
            at,
            now,
            call.method,
            path,
            call.clientId,
            fault(call, decided.decision()),
            decided.answer().status(),
            !Trouble.shapesAnswer(call.fault),
            call.body.length,
            0,
            call.note);
  }
}
