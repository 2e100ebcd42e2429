package org.rollcall.provider.constantcontact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.Answer;
import org.rollcall.pace.Call;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.pace.Purpose;
import org.rollcall.provider.ContactQuery;
import org.rollcall.provider.JobReport;
import org.rollcall.provider.Limits;
import org.rollcall.provider.Page;
import org.rollcall.provider.RemoteList;
import org.rollcall.provider.SeenContact;

/**
 * Constant Contact V3: writes the request and reads the answer of every operation. It uses only
 * calls that cannot raise a permission by themselves: the bulk import leaves unsubscribed contacts
 * as they are, a re-subscription waits for the person's own click, and the sign-up form call, which
 * would subscribe them again, is not built here at all.
 */
public final class ConstantContact {
  public static final Limits LIMITS =
      new Limits(ImportRows.BYTES, ImportRows.ROWS, 50, 50, 80, 50, 25, 500, 50, 500);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Asks for one page; the service's own next link is followed as it came. */
  public Call writeReadLists(@Nullable String next) {
    String path =
        next == null || next.isBlank()
            ? "/contact_lists?limit=500&include_membership_count=all"
            : next;
    return Call.get("reading lists", path);
  }

  public Page<RemoteList> readLists(Answer answer) {
    JsonNode body = json(answer, "reading lists");
    List<RemoteList> lists = new ArrayList<>();
    for (JsonNode list : array(body, "lists", "reading lists")) {
      if (!list.hasNonNull("deleted_at")) {
        lists.add(remoteList(list));
      }
    }
    return page(lists, array(body, "lists", "reading lists"), body, answer);
  }

  public Call writeCreateList(String name) {
    return Call.json(
        "creating a list", "POST", "/contact_lists", bytes(Map.of("name", name)), false);
  }

  public RemoteList readCreateList(Answer answer) {
    JsonNode list = json(answer, "creating a list");
    return remoteList(list);
  }

  private static RemoteList remoteList(JsonNode list) {
    JsonNode count = list.path("membership_count");
    return new RemoteList(
        text(list, "list_id"), text(list, "name"), count.isNumber() ? count.asLong() : null);
  }

  /** What to read, and the next link when a page went before. */
  public record ReadContacts(ContactQuery query, @Nullable String next) {}

  public Call writeReadContacts(ReadContacts request) {
    boolean optOuts = request.query() instanceof ContactQuery.OptedOutSince;
    String path = request.next() == null ? contactsPath(request.query()) : request.next();
    return new Call(
        optOuts ? "reading opt-outs" : "reading contacts",
        "GET",
        path,
        Map.of(),
        null,
        true,
        optOuts ? Purpose.OPT_OUTS : Purpose.WORK);
  }

  private static String contactsPath(ContactQuery query) {
    String all = "/contacts?status=all&include=list_memberships&limit=500";
    if (query instanceof ContactQuery.Everything everything && everything.inFull()) {
      return "/contacts?status=all&include=list_memberships,custom_fields,phone_numbers,"
          + "street_addresses&limit=500&include_count=true";
    }
    if (query instanceof ContactQuery.ChangedSince changed) {
      return all + "&updated_after=" + encoded(Times.format(changed.since()));
    }
    if (query instanceof ContactQuery.OptedOutSince opted) {
      return "/contacts?status=unsubscribed&include=list_memberships&limit=500&optout_after="
          + encoded(Times.format(opted.since()));
    }
    if (query instanceof ContactQuery.WithAddress one) {
      return "/contacts?status=all&include=list_memberships&email=" + encoded(one.address());
    }
    if (query instanceof ContactQuery.OnLists lists) {
      return all + "&lists=" + String.join(",", lists.listIds());
    }
    return all + "&include_count=true";
  }

  public Page<SeenContact> readContacts(Answer answer) {
    JsonNode body = json(answer, "reading contacts");
    List<SeenContact> contacts = new ArrayList<>();
    for (JsonNode contact : array(body, "contacts", "reading contacts")) {
      String address = contact.path("email_address").path("address").asText("");
      // A contact without an address is legal (text messages only) and none of our business.
      if (!address.isBlank()) {
        contacts.add(contact(contact, address.toLowerCase(Locale.ROOT)));
      }
    }
    return page(contacts, array(body, "contacts", "reading contacts"), body, answer);
  }

  /** A contact that has an address. */
  static SeenContact contact(JsonNode contact) {
    String address = text(contact.path("email_address"), "address");
    return contact(contact, address.toLowerCase(Locale.ROOT));
  }

  private static SeenContact contact(JsonNode contact, String address) {
    JsonNode email = contact.path("email_address");
    String permission = email.path("permission_to_send").asText("not_set");
    List<String> lists = new ArrayList<>();
    contact.path("list_memberships").forEach(list -> lists.add(list.asText()));
    return new SeenContact(
        text(contact, "contact_id"),
        address,
        permission,
        permission.equalsIgnoreCase("unsubscribed"),
        contact.hasNonNull("deleted_at"),
        Times.latest(email.path("opt_out_date").asText(null)),
        email.path("opt_out_source").asText(null),
        email.path("opt_out_reason").asText(null),
        lists,
        Times.parse(contact.path("updated_at").asText(null)),
        Times.parse(email.path("opt_in_date").asText(null)),
        email.path("opt_in_source").asText(null),
        SeenFields.of(contact));
  }

  /** The body was written by {@link ImportRows}. */
  public Call writeImportContacts(byte[] body) {
    return Call.json("importing contacts", "POST", "/activities/contacts_json_import", body, false);
  }

  /** Contacts that leave lists. */
  public record RemoveFromLists(List<String> contactIds, List<String> listIds) {}

  public Call writeRemoveFromLists(RemoveFromLists request) {
    return Call.json(
        "taking contacts off lists",
        "POST",
        "/activities/remove_list_memberships",
        bytes(
            Map.of(
                "source", Map.of("contact_ids", request.contactIds()),
                "list_ids", request.listIds())),
        false);
  }

  /** A person who is to be asked, and the lists to be on then. */
  public record Resubscribe(String contactId, List<String> listIds) {}

  /** Not to be sent twice without need: each is an e-mail to a person. */
  public Call writeResubscribe(Resubscribe request) {
    return Call.json(
        "asking a person to confirm",
        "PUT",
        "/contacts/resubscribe/" + encoded(request.contactId()),
        bytes(Map.of("list_ids", request.listIds())),
        false);
  }

  /** The id of the job that a bulk call started. */
  public String readJobId(Answer answer) {
    return text(json(answer, "starting a bulk job"), "activity_id");
  }

  public Call writeFollowJob(String jobId) {
    return Call.get("following a bulk job", "/activities/" + encoded(jobId));
  }

  public JobReport readFollowJob(Answer answer) {
    return Activities.report(json(answer, "following a bulk job"));
  }

  public Call writeRecentJobs() {
    return Call.get("reading recent bulk jobs", "/activities?limit=500");
  }

  public List<JobReport> readRecentJobs(Answer answer) {
    List<JobReport> jobs = new ArrayList<>();
    for (JsonNode activity :
        array(json(answer, "reading recent bulk jobs"), "activities", "reading recent bulk jobs")) {
      jobs.add(Activities.report(activity));
    }
    return jobs;
  }

  public Call writeReadCustomFields(@Nullable String next) {
    String path = next == null || next.isBlank() ? "/contact_custom_fields?limit=100" : next;
    return Call.get("reading custom fields", path);
  }

  /** A custom field: people read the label, imports use the name. */
  public record CustomField(String id, String label, String name) {}

  public Page<CustomField> readCustomFields(Answer answer) {
    JsonNode body = json(answer, "reading custom fields");
    List<CustomField> fields = new ArrayList<>();
    for (JsonNode field : array(body, "custom_fields", "reading custom fields")) {
      fields.add(customField(field));
    }
    return page(fields, array(body, "custom_fields", "reading custom fields"), body, answer);
  }

  private static CustomField customField(JsonNode field) {
    return new CustomField(
        text(field, "custom_field_id"), text(field, "label"), text(field, "name"));
  }

  public Call writeCreateCustomField(String label) {
    return Call.json(
        "creating a custom field",
        "POST",
        "/contact_custom_fields",
        bytes(Map.of("label", label, "type", "string")),
        false);
  }

  public CustomField readCreateCustomField(Answer answer) {
    return customField(json(answer, "creating a custom field"));
  }

  static <T> Page<T> page(List<T> items, JsonNode given, JsonNode body, Answer answer) {
    String next = body.path("_links").path("next").path("href").asText(null);
    Instant at = Times.httpDate(answer.header("Date").orElse(null));
    JsonNode total = body.path("contacts_count");
    return new Page<>(
        items,
        next == null || next.isBlank() ? null : next,
        at,
        given.size(),
        total.isNumber() ? total.asLong() : null);
  }

  static JsonNode json(Answer answer, String doing) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw nonsense(doing, "it is not JSON");
    }
  }

  static JsonNode array(JsonNode body, String name, String doing) {
    JsonNode array = body.path(name);
    if (!array.isArray()) {
      throw nonsense(doing, "it has no " + name);
    }
    return array;
  }

  static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isValueNode() || value.asText("").isBlank()) {
      throw nonsense("reading an answer", "it has no " + name);
    }
    return value.asText();
  }

  /** Never success without the expected evidence: what happened is found by reading. */
  static ProviderException nonsense(String doing, String what) {
    return new ProviderException(
        Verdict.READ_BACK, 0, doing, "the provider's answer makes no sense, " + what);
  }

  static byte[] bytes(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
