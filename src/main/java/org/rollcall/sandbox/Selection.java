package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The contacts a bulk job is about: exactly one way of naming them. */
record Selection(String way, List<String> values, Set<String> excluded) {
  private static final int CONTACTS = 500;
  private static final int GROUPS = 50;

  /** Reads and checks a {@code source} object; {@code ways} are those this call knows. */
  static Selection read(JsonNode source, JsonNode exclude, Set<String> ways, Faulty faulty) {
    List<String> sent = new ArrayList<>();
    for (String way : ways) {
      JsonNode value = source.get(way);
      if (value != null && !value.isNull() && !value.equals(Json.MAPPER.valueToTree(false))) {
        sent.add(way);
      }
    }
    if (sent.size() != 1) {
      faulty.add(
          "exactly one of " + String.join(", ", ways.stream().sorted().toList()) + " is required");
      return new Selection("none", List.of(), Set.of());
    }
    String way = sent.get(0);
    Set<String> excluded = excluded(exclude, way, faulty);
    if (!way.endsWith("_ids")) {
      return new Selection(way, List.of(source.get(way).asText()), excluded);
    }
    int maximum = way.equals("contact_ids") ? CONTACTS : GROUPS;
    return new Selection(way, ids(source, way, maximum, faulty), excluded);
  }

  static List<String> ids(JsonNode node, String name, int maximum, Faulty faulty) {
    List<JsonNode> sent = faulty.array(node, name, maximum);
    if (sent == null || sent.isEmpty()) {
      faulty.add(name + " is missing");
      return List.of();
    }
    List<String> ids = sent.stream().map(JsonNode::asText).toList();
    if (!ids.stream().allMatch(Ids::wellFormed)) {
      faulty.invalid(name);
    }
    return ids;
  }

  private static Set<String> excluded(JsonNode exclude, String way, Faulty faulty) {
    if (exclude.isMissingNode() || exclude.isNull()) {
      return Set.of();
    }
    if (!way.equals("all_active_contacts") && !way.equals("list_ids")) {
      faulty.add("exclude can only be used with all_active_contacts or list_ids");
    }
    return new HashSet<>(ids(exclude, "contact_ids", CONTACTS, faulty));
  }

  /** Positions of the contacts that exist, ascending. Inside the store's lock. */
  int[] resolve(Store store) {
    BitSet found = new BitSet();
    switch (way) {
      case "contact_ids" -> values.forEach(id -> set(store, found, id, true));
      case "list_ids" -> {
        for (String id : values) {
          MailingList list = store.list(id);
          if (list != null) {
            found.or(list.members);
          }
        }
      }
      case "tag_ids" -> {
        for (String id : values) {
          Tag tag = store.tag(id);
          if (tag != null) {
            found.or(tag.members);
          }
        }
      }
      default -> found.or(store.mailable());
    }
    excluded.forEach(id -> set(store, found, id, false));
    return found.stream().toArray();
  }

  private static void set(Store store, BitSet set, String id, boolean value) {
    Contact contact = store.contact(id);
    if (contact != null) {
      set.set(contact.index, value);
    }
  }
}
