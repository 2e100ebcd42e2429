package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /contact_lists}. */
final class ListsResource {
  private static final String SCOPE = "contact_data";
  private static final Set<String> STATUSES = Set.of("active", "deleted", "all");

  private final Supplier<SandboxOptions.Rules> rules;

  ListsResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    router
        .add("GET", "/contact_lists", SCOPE, "contacts:lists:read", this::list)
        .add("POST", "/contact_lists", SCOPE, "contacts:lists:write", this::create)
        .add("GET", "/contact_lists/*", SCOPE, "contacts:lists:read", this::get)
        .add("PUT", "/contact_lists/*", SCOPE, "contacts:lists:write", this::put)
        .add("DELETE", "/contact_lists/*", SCOPE, "contacts:lists:write", this::delete);
  }

  private Answer list(Call call) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    Call first = new Call("GET", call.path, null, call.headers, call.body);
    first.query.putAll(cursor.query());
    int limit = first.limit(50, rules.get().listPageMaximum(), rules.get().clipLimit());
    boolean count = first.flag("include_count");
    String membership = membership(first);
    Set<String> status = status(first);
    String name = first.parameter("name");
    Store store = call.store();
    return store.read(
        () -> {
          List<MailingList> all =
              store.lists.stream()
                  .filter(list -> wanted(list, status))
                  .filter(list -> name == null || list.name.equals(name))
                  .toList();
          List<MailingList> rest =
              all.stream().filter(list -> list.position >= cursor.next()).toList();
          ObjectNode page = Json.object();
          ArrayNode lists = page.putArray("lists");
          rest.stream().limit(limit).forEach(list -> lists.add(json(store, list, membership)));
          if (count) {
            page.put("lists_count", all.size());
          }
          if (rest.size() > limit) {
            String next = cursor.link("/v3/contact_lists", rest.get(limit).position, -1);
            page.putObject("_links").putObject("next").put("href", next);
          }
          return Answer.json(200, page);
        });
  }

  private static Set<String> status(Call call) {
    Set<String> status = Set.copyOf(ContactQuery.csv(call.query, "status"));
    if (!STATUSES.containsAll(status)) {
      throw Refusal.invalid("status does not have a valid value");
    }
    return status;
  }

  private static boolean wanted(MailingList list, Set<String> status) {
    return status.contains("all")
        || list.deleted() && status.contains("deleted")
        || !list.deleted() && (status.isEmpty() || status.contains("active"));
  }

  private static @Nullable String membership(Call call) {
    String value = call.parameter("include_membership_count");
    if (value != null && !value.equals("all") && !value.equals("active")) {
      throw Refusal.invalid("include_membership_count does not have a valid value");
    }
    return value;
  }

  static ObjectNode json(Store store, MailingList list, @Nullable String membership) {
    ObjectNode json = Json.object("list_id", list.id, "name", list.name);
    if (list.description != null) {
      json.put("description", list.description);
    }
    json.put("favorite", list.favorite);
    json.put("created_at", Json.time(list.createdAt));
    json.put("updated_at", Json.time(list.updatedAt));
    if (list.deleted()) {
      json.put("deleted_at", Json.time(list.deletedAt));
    }
    if (membership != null) {
      json.put(
          "membership_count",
          membership.equals("all") ? list.members.cardinality() : active(store, list));
    }
    return json;
  }

  static int active(Store store, MailingList list) {
    BitSet active = store.mailable();
    active.and(list.members);
    return active.cardinality();
  }

  private Answer get(Call call) {
    String membership = membership(call);
    Store store = call.store();
    return store.read(
        () -> Answer.json(200, json(store, find(store, call.variable()), membership)));
  }

  static MailingList find(Store store, String id) {
    if (!Ids.wellFormed(id)) {
      throw Refusal.malformedId("list_id");
    }
    MailingList list = store.list(id);
    if (list == null || list.deleted()) {
      throw Refusal.notFound("list_id");
    }
    return list;
  }

  private Answer create(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(
        () -> {
          String name = name(store, body, null);
          if (store.activeLists() >= Store.LISTS) {
            throw Refusal.invalid("an account may have at most " + Store.LISTS + " lists");
          }
          MailingList list = store.addList(name);
          fill(list, body);
          return Answer.json(201, json(store, list, null));
        });
  }

  private Answer put(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(
        () -> {
          MailingList list = find(store, call.variable());
          list.name = name(store, body, list);
          fill(list, body);
          list.updatedAt = store.now();
          return Answer.json(200, json(store, list, null));
        });
  }

  private static String name(Store store, JsonNode body, @Nullable MailingList self) {
    Faulty faulty = new Faulty();
    String name = faulty.required(body, "name", 255);
    faulty.text(body, "description", 255);
    faulty.refuse();
    MailingList other = name == null ? null : store.listNamed(name);
    if (other != null && other != self) {
      throw Refusal.conflict("Validation failed: List name already exists");
    }
    return String.valueOf(name);
  }

  private static void fill(MailingList list, JsonNode body) {
    list.description = new Faulty().text(body, "description", 255);
    list.favorite = body.path("favorite").asBoolean(false);
  }

  private Answer delete(Call call) {
    Store store = call.store();
    MailingList list = store.read(() -> find(store, call.variable()));
    Activity activity =
        call.account()
            .activities()
            .submit(call, Activity.Kind.LIST_DELETE, new ListDeletion(store, List.of(list)));
    return Answer.json(202, activity.json()).withHeader("Location", activity.href());
  }
}
