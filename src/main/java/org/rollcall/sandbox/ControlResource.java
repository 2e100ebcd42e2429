package org.rollcall.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Control} over HTTP, under {@code /sandbox}. Every value may come in a JSON body or in the
 * query; {@code account} chooses another account than the main one. See docs/sandbox.md.
 */
final class ControlResource {
  private static final int PAGE = 1_000;

  private final Control main;

  ControlResource(Control main) {
    this.main = main;
  }

  Answer answer(Call call) throws InterruptedException {
    ObjectNode values = values(call);
    String account = call.parameter("account");
    Control control = account == null ? main : main.account(account);
    try {
      return answer(call, control, values);
    } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode values(Call call) {
    boolean lines = call.path.endsWith(".ndjson");
    ObjectNode values =
        call.body.length == 0 || lines ? Json.object() : (ObjectNode) Json.parse(call.body);
    call.query.forEach((name, all) -> values.put(name, all.get(0)));
    return values;
  }

  private Answer answer(Call call, Control control, ObjectNode values)
      throws JsonProcessingException, InterruptedException {
    String resource = call.path.replaceFirst("^/sandbox/?", "");
    return switch (call.method + " " + resource) {
      case "GET " -> Answer.json(200, summary(control));
      case "GET clock" -> Answer.json(200, clock(control));
      case "PUT clock" -> setClock(control, values);
      case "GET faults" -> Answer.json(200, control.pendingFaults());
      case "POST faults" -> addFault(control, values);
      case "DELETE faults" -> done(control::clearFaults);
      case "PUT refused-addresses" ->
          done(
              () ->
                  control.refuseAddress(
                      text(values, "address"), text(values, "reason", "refused by the sandbox")));
      case "DELETE refused-addresses" -> done(() -> control.acceptAddress(text(values, "address")));
      case "GET options" -> Answer.json(200, shown(control.options()));
      case "PATCH options" -> patchOptions(control, values);
      case "PUT limits" -> limits(control, values);
      case "POST reset" -> reset(control, values);
      case "GET journal" -> journal(control, values);
      case "DELETE journal" -> done(control::clearJournal);
      case "GET contacts.ndjson" -> Answer.stream("application/x-ndjson", control::dump);
      case "POST contacts.ndjson" -> load(control, call.body);
      default -> tokensOrPeople(call.method + " " + resource, control, values);
    };
  }

  private Answer tokensOrPeople(String operation, Control control, ObjectNode values)
      throws InterruptedException, JsonProcessingException {
    return switch (operation) {
      case "GET refresh-tokens" -> Answer.json(200, control.livingRefreshTokens());
      case "POST refresh-tokens" ->
          Answer.json(201, Json.object().put("refresh_token", control.issueRefreshToken()));
      case "DELETE refresh-tokens" -> done(control::revokeTokens);
      case "POST access-tokens" ->
          Answer.json(
              201,
              Json.object()
                  .put(
                      "access_token",
                      control.issueAccessToken(texts(values, "scopes").toArray(new String[0]))));
      case "DELETE access-tokens" -> done(control::expireAccessTokens);
      case "POST clients" ->
          done(
              () ->
                  control.registerClient(
                      text(values, "clientId"),
                      text(values, "clientSecret"),
                      texts(values, "redirectUris")));
      case "PUT application" -> application(control, values);
      case "GET activities" -> activities(control);
      case "POST activities/finish" -> {
        control.finishActivities();
        yield activities(control);
      }
      case "POST activities/release" -> {
        control.releaseStuckActivities();
        yield activities(control);
      }
      case "POST unsubscribe" -> unsubscribe(control, values);
      case "POST resubscribe-click" -> found(control.confirmResubscribe(text(values, "address")));
      case "POST opt-in-click" -> found(control.confirmOptIn(text(values, "address")));
      default -> staff(operation, control, values);
    };
  }

  private Answer staff(String operation, Control control, ObjectNode values)
      throws JsonProcessingException {
    return switch (operation) {
      case "GET lists" -> Answer.json(200, control.lists());
      case "POST lists" ->
          Answer.json(201, Json.object().put("list_id", control.createList(text(values, "name"))));
      case "PUT lists" -> found(control.renameList(text(values, "name"), text(values, "newName")));
      case "DELETE lists" -> found(control.deleteList(text(values, "name")));
      case "GET contacts" -> contacts(control, values);
      case "POST contacts" -> {
        String id =
            control.createContact(
                values.path("address").asText(null), texts(values, "lists"), edit(values));
        yield Answer.json(201, Json.object().put("contact_id", id));
      }
      case "PUT contacts" -> found(control.editContact(text(values, "address"), edit(values)));
      case "DELETE contacts" -> found(control.deleteContact(text(values, "address")));
      case "POST memberships" ->
          found(control.addToList(text(values, "address"), text(values, "list")));
      case "DELETE memberships" ->
          found(control.removeFromList(text(values, "address"), text(values, "list")));
      default -> campaigns(operation, control.campaigns(), values);
    };
  }

  private static void spoil(CampaignControl campaigns, ObjectNode values, @Nullable Oddity how) {
    campaigns.spoil(text(values, "campaign"), text(values, "kind"), text(values, "address"), how);
  }

  private static Answer campaigns(String operation, CampaignControl campaigns, ObjectNode values) {
    return switch (operation) {
      case "POST campaigns" -> {
        boolean draft = values.path("draft").asBoolean();
        String name = text(values, "name");
        String id =
            draft
                ? campaigns.draft(name)
                : campaigns.send(name, texts(values, "lists"), values.path("seed").asLong(1));
        yield Answer.json(201, Json.object().put("campaign_id", id));
      }
      case "POST campaigns/send" ->
          done(
              () ->
                  campaigns.sendAgain(
                      text(values, "campaign"),
                      texts(values, "lists"),
                      values.path("seed").asLong(1)));
      case "POST campaigns/events" ->
          done(
              () ->
                  campaigns.happens(
                      text(values, "campaign"),
                      text(values, "kind"),
                      text(values, "address"),
                      Instant.parse(text(values, "at")),
                      values.has("link") ? Integer.valueOf(values.get("link").asInt()) : null,
                      values.path("detail").asText(null)));
      case "PUT campaigns/odd-rows" ->
          done(() -> spoil(campaigns, values, Oddity.valueOf(text(values, "how"))));
      case "DELETE campaigns/odd-rows" -> done(() -> spoil(campaigns, values, null));
      case "DELETE campaigns" -> done(() -> campaigns.remove(text(values, "campaign")));
      default -> throw Refusal.notFound("This control operation");
    };
  }

  private static ObjectNode summary(Control control) {
    ObjectNode summary = clock(control);
    summary.put("contacts", control.contactCount()).put("lists", control.lists().size());
    summary.put("requestsToday", control.requestsToday());
    summary.put("faults", control.pendingFaults().size());
    return summary;
  }

  private static ObjectNode clock(Control control) {
    return Json.object().put("now", control.now().toString());
  }

  private static Answer setClock(Control control, ObjectNode values) {
    if (values.has("stopped")) {
      control.stopClock(values.get("stopped").asBoolean());
    }
    if (values.has("now")) {
      control.setClock(Instant.parse(text(values, "now")));
    }
    if (values.has("advance")) {
      control.advanceClock(Duration.parse(text(values, "advance")));
    }
    return Answer.json(200, clock(control));
  }

  /** Whatever is left out has the value of {@link Fault#of}. */
  private static Answer addFault(Control control, ObjectNode values)
      throws JsonProcessingException {
    Fault.Effect effect = Fault.Effect.valueOf(text(values, "effect"));
    Fault preset = Fault.of(text(values, "method", "*"), text(values, "path"), effect);
    ObjectNode whole = Json.MAPPER.valueToTree(preset);
    whole.setAll(values);
    control.addFault(Json.MAPPER.treeToValue(whole, Fault.class));
    return Answer.empty(204);
  }

  private static ObjectNode shown(SandboxOptions options) {
    ObjectNode shown = Json.MAPPER.valueToTree(options);
    shown.put("clientSecret", "***");
    return shown;
  }

  private static Answer patchOptions(Control control, ObjectNode values)
      throws JsonProcessingException {
    control.options(merged(control.options(), values));
    return Answer.json(200, shown(control.options()));
  }

  private static SandboxOptions merged(SandboxOptions now, ObjectNode changes)
      throws JsonProcessingException {
    ObjectNode whole = Json.MAPPER.valueToTree(now);
    changes.fields().forEachRemaining(change -> merge(whole, change.getKey(), change.getValue()));
    return Json.MAPPER.treeToValue(whole, SandboxOptions.class);
  }

  private static void merge(ObjectNode whole, String name, JsonNode value) {
    if (!whole.has(name)) {
      throw new IllegalArgumentException("there is no option " + name);
    }
    if (whole.get(name) instanceof ObjectNode group && value.isObject()) {
      value.fields().forEachRemaining(inner -> merge(group, inner.getKey(), inner.getValue()));
    } else {
      whole.set(name, value);
    }
  }

  private static Answer limits(Control control, ObjectNode values) {
    SandboxOptions.Limits now = control.options().limits();
    control.limits(
        values.path("requestsPerSecond").asInt(now.requestsPerSecond()),
        values.path("requestsPerDay").asInt(now.requestsPerDay()));
    if (values.has("usedToday")) {
      control.setRequestsToday(values.get("usedToday").asInt());
    }
    return Answer.json(200, control.options().limits());
  }

  private static Answer reset(Control control, ObjectNode values) throws JsonProcessingException {
    control.reset(merged(control.options(), values));
    return Answer.empty(204);
  }

  private static Answer journal(Control control, ObjectNode values) {
    List<JournalEntry> all = control.journal();
    int tail = values.path("tail").asInt(all.size());
    return Answer.json(200, all.subList(Math.max(0, all.size() - tail), all.size()));
  }

  private static Answer application(Control control, ObjectNode values) {
    if (values.has("deactivated")) {
      control.deactivateApplication(values.get("deactivated").asBoolean());
    }
    if (values.has("withheldPrivileges")) {
      control.withholdPrivileges(new HashSet<>(texts(values, "withheldPrivileges")));
    }
    return Answer.empty(204);
  }

  private static Answer activities(Control control) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    control.account().activities().recent().forEach(each -> all.add(each.json()));
    return Answer.json(200, all);
  }

  private static Answer unsubscribe(Control control, ObjectNode values) {
    String address = text(values, "address");
    String reason = text(values, "reason", "unsubscribed at the sandbox");
    return found(
        text(values, "by", "Contact").equals("Account")
            ? control.unsubscribeByAccount(address, reason)
            : control.unsubscribe(address, reason));
  }

  private static Answer contacts(Control control, ObjectNode values) {
    if (!values.has("address")) {
      int limit = values.path("limit").asInt(PAGE);
      return Answer.json(200, control.contacts(values.path("from").asInt(), limit));
    }
    Optional<Control.ContactView> contact = control.contact(text(values, "address"));
    return contact.isPresent() ? Answer.json(200, contact.get()) : found(false);
  }

  private static Answer load(Control control, byte[] lines) {
    int loaded = 0;
    try (MappingIterator<ObjectNode> rows =
        Json.MAPPER.readerFor(ObjectNode.class).readValues(lines)) {
      while (rows.hasNextValue()) {
        ObjectNode row = rows.nextValue();
        String address = row.path("address").asText(null);
        control.createContact(address, texts(row, "lists"), edit(row));
        loaded++;
      }
    } catch (IOException e) {
      throw Refusal.invalid("line " + (loaded + 1) + " is not a JSON object");
    }
    return Answer.json(200, Json.object().put("loaded", loaded));
  }

  private static Control.Edit edit(JsonNode values) {
    Map<String, String> fields = new HashMap<>();
    values
        .path("fields")
        .fields()
        .forEachRemaining(field -> fields.put(field.getKey(), field.getValue().asText()));
    return new Control.Edit(
        values.path("first_name").asText(null),
        values.path("last_name").asText(null),
        values.path("company_name").asText(null),
        values.path("job_title").asText(null),
        values.path("new_address").asText(null),
        values.path("permission").asText(null),
        fields);
  }

  private static String text(JsonNode values, String name) {
    String text = values.path(name).asText(null);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static String text(JsonNode values, String name, String preset) {
    return values.path(name).asText(preset);
  }

  private static List<String> texts(JsonNode values, String name) {
    @Nullable JsonNode sent = values.get(name);
    List<String> texts = new ArrayList<>();
    if (sent != null && sent.isArray()) {
      sent.forEach(text -> texts.add(text.asText()));
    } else if (sent != null && !sent.isNull()) {
      texts.addAll(List.of(sent.asText().split(",")));
    }
    return texts;
  }

  private static Answer found(boolean found) {
    return found ? Answer.empty(204) : Refusal.notFound("This object").answer();
  }

  private static Answer done(Runnable deed) {
    deed.run();
    return Answer.empty(204);
  }
}
