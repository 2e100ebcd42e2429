package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filters of {@code GET /contacts}, all of which must match. Walks upward through the positions
 * of contacts and skips by bit sets where a filter has one.
 */
final class ContactQuery {
  private static final Set<String> PARAMETERS =
      Set.of(
          "status",
          "email",
          "lists",
          "tags",
          "updated_after",
          "updated_before",
          "created_after",
          "created_before",
          "optout_after",
          "optout_before");

  private final Store store;
  private boolean everything;
  private boolean deletedToo;
  private boolean othersToo;
  private final EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
  private final @Nullable String email;

  /** Candidates are in at least one of these; absent means all contacts. */
  private final @Nullable List<BitSet> lists;

  private final @Nullable List<BitSet> tags;
  private final long updatedAfter;
  private final long updatedBefore;
  private final long createdAfter;
  private final long createdBefore;
  private final long optoutAfter;
  private final long optoutBefore;
  private final boolean optoutAsked;

  ContactQuery(Store store, Map<String, List<String>> query) {
    this.store = store;
    List<String> emails = query.getOrDefault("email", List.of());
    if (emails.size() > 1) {
      throw Refusal.invalid("email does not have a valid value");
    }
    if (query.containsKey("segment_id")) {
      throw new Refusal(404, "contacts.api.not_found", "segments are not part of the sandbox");
    }
    this.email = emails.isEmpty() ? null : emails.get(0);
    status(csv(query, "status"));
    this.lists = members(query, "lists", 25);
    this.tags = members(query, "tags", 50);
    this.updatedAfter = time(query, "updated_after", Long.MIN_VALUE);
    this.updatedBefore = time(query, "updated_before", Long.MAX_VALUE);
    this.createdAfter = time(query, "created_after", Long.MIN_VALUE);
    this.createdBefore = time(query, "created_before", Long.MAX_VALUE);
    this.optoutAfter = time(query, "optout_after", Long.MIN_VALUE);
    this.optoutBefore = time(query, "optout_before", Long.MAX_VALUE);
    this.optoutAsked = query.containsKey("optout_after") || query.containsKey("optout_before");
  }

  static boolean filters(String parameter) {
    return PARAMETERS.contains(parameter);
  }

  static List<String> csv(Map<String, List<String>> query, String name) {
    List<String> values = new ArrayList<>();
    for (String part : query.getOrDefault(name, List.of())) {
      for (String value : part.split(",")) {
        if (!value.isBlank()) {
          values.add(value.strip());
        }
      }
    }
    return values;
  }

  private void status(List<String> statuses) {
    if (statuses.isEmpty()) {
      othersToo = true;
      permissions.addAll(EnumSet.allOf(Permission.class));
    }
    for (String status : statuses) {
      Permission permission = Permission.of(status);
      switch (status) {
        case "all" -> {
          everything = true;
          deletedToo = true;
          othersToo = true;
        }
        case "deleted" -> deletedToo = true;
        case "active" -> {
          permissions.add(Permission.EXPLICIT);
          permissions.add(Permission.IMPLICIT);
        }
        case "not_set", "pending_confirmation", "temp_hold", "unsubscribed" -> {
          if (permission != null) {
            permissions.add(permission);
          }
        }
        default -> throw Refusal.invalid("status does not have a valid value");
      }
    }
  }

  private @Nullable List<BitSet> members(
      Map<String, List<String>> query, String name, int maximum) {
    List<String> ids = csv(query, name);
    if (ids.isEmpty()) {
      return null;
    }
    if (ids.size() > maximum) {
      throw Refusal.invalid(name + " may have at most " + maximum + " values");
    }
    List<BitSet> members = new ArrayList<>();
    for (String id : new HashSet<>(ids)) {
      if (!Ids.wellFormed(id)) {
        throw Refusal.invalid(name + " does not have a valid value");
      }
      MailingList list = name.equals("lists") ? store.list(id) : null;
      Tag tag = name.equals("tags") ? store.tag(id) : null;
      if (list != null) {
        members.add(list.members);
      } else if (tag != null) {
        members.add(tag.members);
      }
    }
    return members;
  }

  private static long time(Map<String, List<String>> query, String name, long absent) {
    List<String> values = query.get(name);
    return values == null ? absent : Times.parse(name, values.get(0));
  }

  /** The first match at or after a position, or -1. */
  int next(int from) {
    if (email != null) {
      return byAddress(from, email);
    }
    int at = candidate(from);
    while (at >= 0 && !matches(store.contacts.get(at))) {
      at = candidate(at + 1);
    }
    return at;
  }

  int count() {
    int count = 0;
    for (int at = next(0); at >= 0; at = next(at + 1)) {
      count++;
    }
    return count;
  }

  private int byAddress(int from, String address) {
    Contact contact = store.byAddress(address);
    boolean found =
        contact != null
            && contact.index >= from
            && (lists == null || inAny(lists, contact.index))
            && matches(contact);
    return contact != null && found ? contact.index : -1;
  }

  private int candidate(int from) {
    if (lists != null) {
      return nextInAny(lists, from);
    }
    if (!everything && !othersToo) {
      return nextByStatus(from);
    }
    return from < store.contacts.size() ? from : -1;
  }

  private int nextByStatus(int from) {
    int nearest = deletedToo ? store.deleted.nextSetBit(from) : -1;
    for (Permission permission : permissions) {
      nearest = nearer(nearest, store.byPermission[permission.ordinal()].nextSetBit(from));
    }
    return nearest;
  }

  private static int nextInAny(List<BitSet> sets, int from) {
    int nearest = -1;
    for (BitSet set : sets) {
      nearest = nearer(nearest, set.nextSetBit(from));
    }
    return nearest;
  }

  private static boolean inAny(List<BitSet> sets, int index) {
    return sets.stream().anyMatch(set -> set.get(index));
  }

  private static int nearer(int one, int other) {
    return one < 0 || other >= 0 && other < one ? other : one;
  }

  private boolean matches(Contact contact) {
    return statusMatches(contact)
        && between(updatedAfter, contact.updatedAt, updatedBefore)
        && between(createdAfter, contact.createdAt, createdBefore)
        && (!optoutAsked
            || contact.optOutAt != 0 && between(optoutAfter, contact.optOutAt, optoutBefore))
        && (tags == null || inAny(tags, contact.index));
  }

  private boolean statusMatches(Contact contact) {
    if (everything) {
      return true;
    }
    return contact.deleted() ? deletedToo : permissions.contains(contact.permission);
  }

  /** Both borders exclude, so a client has to overlap. */
  private static boolean between(long after, long seconds, long before) {
    long millis = seconds * 1000;
    return millis > after && millis < before;
  }
}
