package org.rollcall.pace;

import java.time.Duration;

/**
 * How long a request may take and how much may come back.
 *
 * @param connect for the connection, TLS included
 * @param silence between two bytes of an answer
 * @param lease for a connection out of the pool
 * @param total for everything together: an answer that drips can satisfy every other limit for ever
 * @param bytes the largest answer
 * @param connections at a time to one host
 */
public record Limits(
    Duration connect,
    Duration silence,
    Duration lease,
    Duration total,
    int bytes,
    int connections) {
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(120),
          64 * 1024 * 1024,
          32);
}
