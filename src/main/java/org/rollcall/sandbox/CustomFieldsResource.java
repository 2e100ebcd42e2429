package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /contact_custom_fields}. */
final class CustomFieldsResource {
  private static final String SCOPE = "contact_data";
  private static final Set<String> TYPES =
      Set.of(
          "string",
          "date",
          "text_area",
          "number",
          "currency",
          "boolean",
          "datetime",
          "single_select",
          "multi_select");

  private final Supplier<SandboxOptions.Rules> rules;

  CustomFieldsResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    router
        .add("GET", "/contact_custom_fields", SCOPE, "contacts:read", this::list)
        .add("POST", "/contact_custom_fields", SCOPE, "contacts:write", this::create)
        .add("GET", "/contact_custom_fields/*", SCOPE, "contacts:read", this::get)
        .add("PUT", "/contact_custom_fields/*", SCOPE, "contacts:write", this::put)
        .add("DELETE", "/contact_custom_fields/*", SCOPE, "contacts:write", this::delete);
  }

  private Answer list(Call call) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    Call first = new Call("GET", call.path, null, call.headers, call.body);
    first.query.putAll(cursor.query());
    int limit = first.limit(50, 100, rules.get().clipLimit());
    Store store = call.store();
    return store.read(
        () -> {
          List<CustomField> rest =
              store.activeFields().stream()
                  .filter(field -> field.position >= cursor.next())
                  .toList();
          ObjectNode page = Json.object();
          ArrayNode fields = page.putArray("custom_fields");
          rest.stream().limit(limit).forEach(field -> fields.add(json(field)));
          if (rest.size() > limit) {
            String next = cursor.link("/v3/contact_custom_fields", rest.get(limit).position, -1);
            page.putObject("_links").putObject("next").put("href", next);
          }
          return Answer.json(200, page);
        });
  }

  static ObjectNode json(CustomField field) {
    ObjectNode json = Json.object("custom_field_id", field.id, "label", field.label);
    json.put("name", field.name).put("type", field.type);
    if (field.metadata != null) {
      json.set("metadata", field.metadata);
    }
    if (field.choices != null) {
      json.set("choices", field.choices);
    }
    json.put("created_at", Json.time(field.createdAt));
    json.put("updated_at", Json.time(field.updatedAt));
    return json;
  }

  private Answer get(Call call) {
    Store store = call.store();
    return store.read(() -> Answer.json(200, json(find(store, call.variable()))));
  }

  private static CustomField find(Store store, String id) {
    if (!Ids.wellFormed(id)) {
      throw Refusal.malformedId("custom_field_id");
    }
    CustomField field = store.field(id);
    if (field == null) {
      throw Refusal.notFound("custom_field_id");
    }
    return field;
  }

  private Answer create(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(
        () -> {
          Faulty faulty = new Faulty();
          String label = String.valueOf(faulty.required(body, "label", 50));
          String type = String.valueOf(faulty.required(body, "type", 20));
          if (body.hasNonNull("type") && !TYPES.contains(type)) {
            faulty.invalid("type");
          }
          faulty.array(body, "choices", 100);
          faulty.refuse();
          CustomField field = create(store, label, type, rules.get().lowerCaseFieldNames());
          field.metadata = body.get("metadata");
          field.choices = body.get("choices");
          return Answer.json(201, json(field));
        });
  }

  static CustomField create(Store store, String label, String type, boolean lowerCase) {
    String name = label.strip().replace(' ', '_');
    String cased = lowerCase ? name.toLowerCase(Locale.ROOT) : name;
    boolean taken =
        store.activeFields().stream()
            .anyMatch(field -> field.label.equals(label) || field.name.equals(cased));
    if (taken) {
      throw Refusal.conflict("Validation failed: Custom field label already exists");
    }
    if (store.activeFields().size() >= Store.FIELDS) {
      throw Refusal.invalid("an account may have at most " + Store.FIELDS + " custom fields");
    }
    return store.addField(label, cased, type);
  }

  private Answer put(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    return store.write(
        () -> {
          CustomField field = find(store, call.variable());
          Faulty faulty = new Faulty();
          String label = faulty.required(body, "label", 50);
          faulty.array(body, "choices", 100);
          faulty.refuse();
          field.label = String.valueOf(label);
          field.choices = body.get("choices");
          field.updatedAt = store.now();
          return Answer.json(200, json(field));
        });
  }

  private Answer delete(Call call) {
    Store store = call.store();
    store.change(() -> store.deleteField(find(store, call.variable())));
    return Answer.empty(204);
  }
}
