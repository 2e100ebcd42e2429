package org.rollcall.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The last requests, oldest first; a bounded memory. An entry is there before its answer leaves, so
 * that whoever has an answer also finds its entry.
 */
final class Journal {
  private static final int KEPT = 100_000;

  private final TreeMap<Long, JournalEntry> entries = new TreeMap<>();
  private final Deque<Long> arrivals = new ArrayDeque<>();
  private long last;

  synchronized long add(LongFunction<JournalEntry> entry) {
    long number = ++last;
    JournalEntry made = entry.apply(number);
    entries.put(number, made);
    if (made.path().startsWith("/v3")) {
      arrivals.add(made.realMillis());
    }
    if (arrivals.size() > KEPT) {
      arrivals.remove();
    }
    if (entries.size() > KEPT) {
      entries.pollFirstEntry();
    }
    return number;
  }

  /** How sending the answer went; nothing happens when the entry is forgotten already. */
  synchronized void settle(long number, boolean answered, long tookMicros) {
    entries.computeIfPresent(number, (key, entry) -> entry.settled(answered, tookMicros));
  }

  synchronized List<JournalEntry> all() {
    return List.copyOf(entries.values());
  }

  /** Newest first. */
  synchronized List<JournalEntry> tail(int count) {
    return entries.descendingMap().values().stream().limit(count).toList();
  }

  /**
   * When the last requests of the API arrived; whether a client keeps its pace outlives clearing.
   */
  synchronized List<Long> arrivals() {
    return arrivals.stream().sorted().toList();
  }

  synchronized void clear() {
    entries.clear();
  }
}
