package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /activities} except imports and exports: asking, and the jobs on many contacts. */
final class ActivitiesResource {
  private static final String SCOPE = "contact_data";
  private static final Set<String> ADD_WAYS =
      Set.of("contact_ids", "list_ids", "tag_ids", "engagement_level", "all_active_contacts");
  private static final Set<String> TAG_WAYS =
      Set.of("contact_ids", "list_ids", "tag_ids", "all_active_contacts", "new_subscriber");
  private static final Set<String> STATES =
      Set.of("processing", "completed", "cancelled", "failed", "timed_out");

  private final Supplier<SandboxOptions.Rules> rules;

  ActivitiesResource(Supplier<SandboxOptions.Rules> rules) {
    this.rules = rules;
  }

  void register(Router router) {
    router.add("GET", "/activities", SCOPE, "contacts:write", this::list);
    router.add("GET", "/activities/*", SCOPE, "contacts:read", this::get);
    post(router, "add_list_memberships", this::addToLists);
    post(router, "remove_list_memberships", this::removeFromLists);
    post(router, "contact_delete", this::deleteContacts);
    post(router, "list_delete", this::deleteLists);
    post(router, "contacts_taggings_add", call -> tag(call, true));
    post(router, "contacts_taggings_remove", call -> tag(call, false));
    post(router, "contacts_tags_delete", this::deleteTags);
    post(router, "custom_fields_delete", this::deleteFields);
  }

  private static void post(Router router, String path, Router.Operation operation) {
    router.add("POST", "/activities/" + path, SCOPE, "contacts:write", operation);
  }

  private Answer list(Call call) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    Call first = new Call("GET", call.path, null, call.headers, call.body);
    first.query.putAll(cursor.query());
    int limit = first.limit(50, 500, rules.get().clipLimit());
    String state = first.parameter("state");
    if (state != null && !STATES.contains(state)) {
      throw Refusal.invalid("state does not have a valid value");
    }
    List<Activity> wanted =
        call.account().activities().recent().stream()
            .filter(each -> state == null || each.state().wire().equals(state))
            .toList();
    ObjectNode page = Json.object();
    ArrayNode activities = page.putArray("activities");
    wanted.stream().skip(cursor.next()).limit(limit).forEach(each -> activities.add(each.json()));
    if (wanted.size() > cursor.next() + limit) {
      String next = cursor.link("/v3/activities", cursor.next() + limit, -1);
      page.putObject("_links").putObject("next").put("href", next);
    }
    return Answer.json(200, page);
  }

  private Answer get(Call call) {
    return Answer.json(200, find(call, "activity_id").json());
  }

  static Activity find(Call call, String parameter) {
    if (!Ids.wellFormed(call.variable())) {
      throw Refusal.malformedId(parameter);
    }
    Activity activity = call.account().activities().find(call.variable());
    if (activity == null) {
      throw Refusal.notFound(parameter);
    }
    return activity;
  }

  private Answer addToLists(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    Selection source = Selection.read(body.path("source"), body.path("exclude"), ADD_WAYS, faulty);
    List<MailingList> lists = lists(store, body, Store.LISTS_PER_CONTACT, faulty);
    faulty.refuse();
    return submit(
        call,
        Activity.Kind.LIST_ADD,
        new ContactsWork(
            store, source, lists.size(), (contact, dry) -> add(store, contact, lists, dry)));
  }

  /** Nobody who opted out is put on a list by this; the deleted come back. */
  private static boolean add(Store store, Contact contact, List<MailingList> lists, boolean dry) {
    int[] all = contact.lists;
    for (MailingList list : lists) {
      all = list.deleted() ? all : Sorted.add(all, list.position);
    }
    if (contact.permission == Permission.UNSUBSCRIBED || all.length > Store.LISTS_PER_CONTACT) {
      return false;
    }
    boolean changes = all.length > contact.lists.length || contact.deleted();
    if (changes && !dry) {
      store.revive(contact);
      store.setLists(contact, all);
      store.touch(contact, Origin.ACCOUNT);
    }
    return true;
  }

  private Answer removeFromLists(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    Selection source = Selection.read(body.path("source"), body.path("exclude"), ADD_WAYS, faulty);
    List<MailingList> lists = lists(store, body, Store.LISTS_PER_CONTACT, faulty);
    faulty.refuse();
    return submit(
        call,
        Activity.Kind.LIST_REMOVE,
        new ContactsWork(
            store, source, lists.size(), (contact, dry) -> remove(store, contact, lists, dry)));
  }

  private static boolean remove(
      Store store, Contact contact, List<MailingList> lists, boolean dry) {
    boolean changed = false;
    for (MailingList list : lists) {
      changed |= !dry && store.leave(contact, list);
    }
    if (changed) {
      store.touch(contact, Origin.ACCOUNT);
    }
    return true;
  }

  private Answer deleteContacts(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    Selection selection =
        Selection.read(body, Json.MAPPER.missingNode(), Set.of("contact_ids", "list_ids"), faulty);
    faulty.refuse();
    return submit(
        call,
        Activity.Kind.CONTACT_DELETE,
        new ContactsWork(store, selection, 0, (contact, dry) -> delete(store, contact, dry)));
  }

  private static boolean delete(Store store, Contact contact, boolean dry) {
    if (contact.deleted()) {
      return false;
    }
    if (!dry) {
      store.delete(contact);
    }
    return true;
  }

  private Answer deleteLists(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    List<MailingList> lists = lists(store, body, 100, faulty);
    faulty.refuse();
    return submit(call, Activity.Kind.LIST_DELETE, new ListDeletion(store, lists));
  }

  private Answer tag(Call call, boolean add) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    Selection source = Selection.read(body.path("source"), body.path("exclude"), TAG_WAYS, faulty);
    List<Tag> tags = tags(store, body, 50, faulty);
    faulty.refuse();
    Activity.Kind kind = add ? Activity.Kind.TAG_ADD : Activity.Kind.TAG_REMOVE;
    ContactsWork.Deed deed = (contact, dry) -> dry || retag(store, contact, tags, add);
    return submit(call, kind, new ContactsWork(store, source, 0, deed));
  }

  private static boolean retag(Store store, Contact contact, List<Tag> tags, boolean add) {
    int[] now = contact.tags();
    for (Tag tag : tags) {
      now = add ? Sorted.add(now, tag.position) : Sorted.remove(now, tag.position);
    }
    if (now.length > 50) {
      return false;
    }
    store.setTags(contact, now);
    store.touch(contact, Origin.ACCOUNT);
    return true;
  }

  private Answer deleteTags(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    List<Tag> tags = tags(store, body, 500, faulty);
    faulty.refuse();
    return submit(
        call,
        Activity.Kind.TAG_DELETE,
        new Deletions(tags.stream().map(tag -> delete(store, tag)).toList()));
  }

  static Runnable delete(Store store, Tag tag) {
    return () -> store.change(() -> store.deleteTag(tag));
  }

  private Answer deleteFields(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    List<Runnable> deletions = new ArrayList<>();
    for (String id : Selection.ids(body, "custom_field_ids", 100, faulty)) {
      CustomField field = store.read(() -> store.field(id));
      if (field == null) {
        faulty.invalid("custom_field_ids");
      } else {
        deletions.add(() -> store.change(() -> store.deleteField(field)));
      }
    }
    faulty.refuse();
    return submit(call, Activity.Kind.FIELD_DELETE, new Deletions(deletions));
  }

  static List<MailingList> lists(Store store, JsonNode body, int maximum, Faulty faulty) {
    return lists(store, Selection.ids(body, "list_ids", maximum, faulty), faulty);
  }

  static List<MailingList> lists(Store store, List<String> ids, Faulty faulty) {
    List<MailingList> lists = new ArrayList<>();
    for (String id : ids) {
      @Nullable MailingList list = store.read(() -> store.list(id));
      if (list == null || list.deleted()) {
        faulty.invalid("list_ids");
      } else {
        lists.add(list);
      }
    }
    return lists;
  }

  private static List<Tag> tags(Store store, JsonNode body, int maximum, Faulty faulty) {
    List<Tag> tags = new ArrayList<>();
    for (String id : Selection.ids(body, "tag_ids", maximum, faulty)) {
      Tag tag = store.read(() -> store.tag(id));
      if (tag == null) {
        faulty.invalid("tag_ids");
      } else {
        tags.add(tag);
      }
    }
    return tags;
  }

  static Answer submit(Call call, Activity.Kind kind, Work work) {
    return Answer.json(201, call.account().activities().submit(call, kind, work).json());
  }
}
