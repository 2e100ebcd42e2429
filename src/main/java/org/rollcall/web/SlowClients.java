package org.rollcall.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Hangs up on whoever holds a connection and sends nothing, or next to nothing, through it. */
final class SlowClients {
  private final Vertx vertx;
  private final Patience patience;
  private final AtomicInteger open = new AtomicInteger();
  private final Set<HttpConnection> silent = ConcurrentHashMap.newKeySet();

  SlowClients(Vertx vertx, Patience patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  /** A connection was opened. */
  void opened(HttpConnection connection) {
    connection.closeHandler(
        closed -> {
          open.decrementAndGet();
          silent.remove(connection);
        });
    if (open.incrementAndGet() > patience.connections()) {
      connection.close();
      return;
    }
    silent.add(connection);
    vertx.setTimer(
        patience.head().toMillis(),
        timer -> {
          if (silent.contains(connection)) {
            connection.close();
          }
        });
  }

  /** The head of a request is there; its body has to follow. */
  void asked(HttpServerRequest request) {
    silent.remove(request.connection());
    if (!request.isEnded()) {
      vertx.setTimer(
          patience.body().toMillis(),
          timer -> {
            if (!request.isEnded()) {
              request.connection().close();
            }
          });
    }
  }
}
