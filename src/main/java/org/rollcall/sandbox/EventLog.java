package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The events of one kind of one mailing: those the reports list, and those still to come. */
final class EventLog {
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::at).thenComparingInt(Event::no);

  /** Ascending by time. */
  private final List<Event> shown = new ArrayList<>();

  private final PriorityQueue<Event> coming =
      new PriorityQueue<>(Comparator.comparingLong(Event::shownAt).thenComparingInt(Event::no));
  private final BitSet contacts = new BitSet();

  void add(Event event) {
    coming.add(event);
  }

  /** Lists what is due; an event that shows late moves the younger ones further down. */
  void advance(long now) {
    int before = shown.size();
    while (!coming.isEmpty() && coming.peek().shownAt() <= now) {
      Event due = coming.remove();
      shown.add(due);
      contacts.set(due.contact());
    }
    if (shown.size() > before) {
      shown.sort(ORDER);
    }
  }

  int size() {
    return shown.size();
  }

  /** Counted from the newest. */
  Event newest(int offset) {
    return shown.get(shown.size() - 1 - offset);
  }

  List<Event> shown() {
    return shown;
  }

  /** How many rows come before the one that follows this event, counted from the newest. */
  int after(int no) {
    for (int offset = 0; offset < shown.size(); offset++) {
      if (newest(offset).no() == no) {
        return offset + 1;
      }
    }
    return shown.size();
  }

  /** The number of contacts, and of events, that the aggregates know at a time. */
  int[] counts(long now, long delaySeconds) {
    if (delaySeconds == 0) {
      return new int[] {contacts.cardinality(), shown.size()};
    }
    BitSet known = new BitSet();
    int all = 0;
    for (List<Event> events : List.of(shown, List.copyOf(coming))) {
      for (Event event : events) {
        if (event.shownAt() + delaySeconds <= now) {
          known.set(event.contact());
          all++;
        }
      }
    }
    return new int[] {known.cardinality(), all};
  }
}
