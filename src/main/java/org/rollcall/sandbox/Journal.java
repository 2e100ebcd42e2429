package org.rollcall.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;

/** The last requests, oldest first; a bounded memory. */
final class Journal {
  private static final int KEPT = 100_000;

  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private long number;

  synchronized void add(LongFunction<JournalEntry> entry) {
    entries.add(entry.apply(++number));
    if (entries.size() > KEPT) {
      entries.remove();
    }
  }

  synchronized List<JournalEntry> all() {
    return List.copyOf(entries);
  }

  /** Newest first. */
  synchronized List<JournalEntry> tail(int count) {
    List<JournalEntry> tail = new ArrayList<>();
    Iterator<JournalEntry> newest = entries.descendingIterator();
    while (newest.hasNext() && tail.size() < count) {
      tail.add(newest.next());
    }
    return tail;
  }

  synchronized void clear() {
    entries.clear();
  }
}
