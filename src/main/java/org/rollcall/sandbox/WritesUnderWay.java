package org.rollcall.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses the second of two simultaneous writes to one contact with a 409. A write is under way
 * from its arrival to its end, ordered delays included.
 */
final class WritesUnderWay {
  interface Write extends AutoCloseable {
    @Override
    void close();
  }

  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  Write begin(Call call, String contact) {
    String key = call.account().name() + " " + contact;
    if (contact.isEmpty()) {
      return () -> {};
    }
    if (!underWay.add(key)) {
      throw Refusal.conflict("The contact is being modified by another request");
    }
    try {
      Trouble.hold(call.fault);
    } catch (InterruptedException e) {
      underWay.remove(key);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the sandbox is closing", e);
    }
    return () -> underWay.remove(key);
  }
}
