package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One campaign with its mailings: the first one, and one more when it was sent again. */
final class Campaign {
  final int position;
  final String id;
  final long createdAt;
  String name;
  String status = "Draft";
  long updatedAt;

  /** Epoch seconds, 0 as long as it is a draft. */
  long sentAt;

  int abuse;
  final List<Link> links = new ArrayList<>();
  final List<Mailing> mailings = new ArrayList<>();

  Campaign(int position, String id, String name, long now) {
    this.position = position;
    this.id = id;
    this.name = name;
    this.createdAt = now;
    this.updatedAt = now;
  }

  record Link(String urlId, String url) {}

  record Doer(EventKind kind, int contact) {}

  /** What the provider calls a campaign activity. */
  static final class Mailing {
    final Campaign campaign;
    final String id;
    final String role;
    final List<Integer> lists = new ArrayList<>();
    final Map<EventKind, EventLog> logs = new EnumMap<>(EventKind.class);

    /** What is odd about a contact's rows of a kind. */
    final Map<Doer, Oddity> oddities = new HashMap<>();

    long sentAt;

    Mailing(Campaign campaign, String id, String role) {
      this.campaign = campaign;
      this.id = id;
      this.role = role;
      for (EventKind kind : EventKind.values()) {
        logs.put(kind, new EventLog());
      }
    }

    EventLog log(EventKind kind) {
      return java.util.Objects.requireNonNull(logs.get(kind));
    }
  }

  boolean sent() {
    return sentAt != 0;
  }

  /** Contacts and events of a kind, over all mailings. */
  int[] counts(EventKind kind, long now, long delaySeconds) {
    int[] sum = new int[2];
    for (Mailing mailing : mailings) {
      int[] part = mailing.log(kind).counts(now, delaySeconds);
      sum[0] += part[0];
      sum[1] += part[1];
    }
    return sum;
  }
}
