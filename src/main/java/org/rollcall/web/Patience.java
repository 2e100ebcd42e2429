package org.rollcall.web;

import java.time.Duration;

/**
 * How much of the server one client may hold.
 *
 * @param head so long the head of a connection's first request may take
 * @param body and so long the body of any
 * @param connections so many may be open at once
 */
record Patience(Duration head, Duration body, int connections) {
  static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), 1_000);
}
