package org.rollcall.web;

import io.vertx.core.http.HttpServerResponse;

/** Where events go to, one by one. */
public final class Channel {
  private static final int MOST_WAITING = 256 * 1024;

  private final HttpServerResponse response;

  Channel(HttpServerResponse response) {
    this.response = response;
    response.setWriteQueueMaxSize(MOST_WAITING);
  }

  /** Whoever listens does not read as fast as there is something to tell. */
  public boolean full() {
    return response.writeQueueFull();
  }

  /** Sends, or keeps it until it can be sent; nothing when nobody listens any more. */
  public void send(String text) {
    if (!closed()) {
      response.write(text);
    }
  }

  public boolean closed() {
    return response.closed() || response.ended();
  }

  public void close() {
    if (!closed()) {
      response.end();
    }
  }
}
