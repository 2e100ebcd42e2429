package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /contact_tags}. */
final class TagsResource {
  private static final String SCOPE = "contact_data";

  private final Supplier<SandboxOptions.Rules> rules;

  TagsResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    router
        .add("GET", "/contact_tags", SCOPE, "contacts:read", this::list)
        .add("POST", "/contact_tags", SCOPE, "contacts:write", this::create)
        .add("GET", "/contact_tags/*", SCOPE, "contacts:read", this::get)
        .add("PUT", "/contact_tags/*", SCOPE, "contacts:write", this::put)
        .add("DELETE", "/contact_tags/*", SCOPE, "contacts:write", this::delete);
  }

  private Answer list(Call call) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    Call first = new Call("GET", call.path, null, call.headers, call.body);
    first.query.putAll(cursor.query());
    int limit = first.limit(50, 500, rules.get().clipLimit());
    boolean count = first.flag("include_count");
    Store store = call.store();
    return store.read(
        () -> {
          List<Tag> rest =
              store.tags.stream()
                  .filter(tag -> !tag.deleted && tag.position >= cursor.next())
                  .toList();
          ObjectNode page = Json.object();
          ArrayNode tags = page.putArray("tags");
          rest.stream().limit(limit).forEach(tag -> tags.add(json(tag)));
          if (count) {
            page.put("tags_count", store.tags.stream().filter(tag -> !tag.deleted).count());
          }
          if (rest.size() > limit) {
            String next = cursor.link("/v3/contact_tags", rest.get(limit).position, -1);
            page.putObject("_links").putObject("next").put("href", next);
          }
          return Answer.json(200, page);
        });
  }

  private static ObjectNode json(Tag tag) {
    ObjectNode json = Json.object("tag_id", tag.id, "name", tag.name);
    json.put("contacts_count", tag.members.cardinality()).put("tag_source", "Contact");
    json.put("created_at", Json.time(tag.createdAt)).put("updated_at", Json.time(tag.updatedAt));
    return json;
  }

  private static Tag find(Store store, String id) {
    if (!Ids.wellFormed(id)) {
      throw Refusal.malformedId("tag_id");
    }
    Tag tag = store.tag(id);
    if (tag == null) {
      throw Refusal.notFound("tag_id");
    }
    return tag;
  }

  private Answer get(Call call) {
    Store store = call.store();
    return store.read(() -> Answer.json(200, json(find(store, call.variable()))));
  }

  private Answer create(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(() -> Answer.json(201, json(store.addTag(name(store, body, null)))));
  }

  private Answer put(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(
        () -> {
          Tag tag = find(store, call.variable());
          tag.name = name(store, body, tag);
          tag.updatedAt = store.now();
          return Answer.json(200, json(tag));
        });
  }

  private static String name(Store store, JsonNode body, @Nullable Tag self) {
    Faulty faulty = new Faulty();
    String name = String.valueOf(faulty.required(body, "name", 255));
    faulty.refuse();
    for (Tag tag : store.tags) {
      if (!tag.deleted && tag != self && tag.name.equals(name)) {
        throw Refusal.conflict("Validation failed: Tag name already exists");
      }
    }
    return name;
  }

  private Answer delete(Call call) {
    Store store = call.store();
    Tag tag = store.read(() -> find(store, call.variable()));
    Work work = new Deletions(List.of(ActivitiesResource.delete(store, tag)));
    Activity activity = call.account().activities().submit(call, Activity.Kind.TAG_DELETE, work);
    return Answer.json(202, activity.json()).withHeader("Location", activity.href());
  }
}
