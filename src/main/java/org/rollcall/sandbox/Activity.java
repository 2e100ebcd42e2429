package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One bulk job as the interface shows it. Guarded by itself. */
final class Activity {
  enum Kind {
    IMPORT,
    LIST_ADD,
    LIST_REMOVE,
    LIST_DELETE,
    CONTACT_DELETE,
    TAG_ADD,
    TAG_REMOVE,
    TAG_DELETE,
    FIELD_DELETE,
    EXPORT
  }

  enum State {
    INITIALIZED,
    PROCESSING,
    COMPLETED,
    CANCELLED,
    FAILED,
    TIMED_OUT;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean over() {
      return ordinal() >= COMPLETED.ordinal();
    }
  }

  final String id;
  final Kind kind;
  final Work work;
  final long createdAt;
  private State state = State.INITIALIZED;
  private long updatedAt;
  private long startedAt;
  private long completedAt;
  private Tally tally = new Tally();
  private @Nullable String error;

  Activity(String id, Kind kind, Work work, long now) {
    this.id = id;
    this.kind = kind;
    this.work = work;
    this.createdAt = now;
    this.updatedAt = now;
  }

  String href() {
    return "/v3/activities/" + id;
  }

  synchronized State state() {
    return state;
  }

  synchronized Tally tally() {
    return tally;
  }

  synchronized void start(long now) {
    if (state == State.INITIALIZED) {
      state = State.PROCESSING;
      startedAt = now;
      updatedAt = now;
    }
  }

  synchronized void end(State end, Tally counted, @Nullable String reason, long now) {
    state = end;
    tally = counted;
    error = reason;
    startedAt = startedAt == 0 ? now : startedAt;
    completedAt = now;
    updatedAt = now;
  }

  synchronized ObjectNode json() {
    ObjectNode json = Json.object("activity_id", id, "state", state.wire());
    if (startedAt != 0) {
      json.put("started_at", Json.time(startedAt));
    }
    if (completedAt != 0) {
      json.put("completed_at", Json.time(completedAt));
    }
    json.put("created_at", Json.time(createdAt)).put("updated_at", Json.time(updatedAt));
    json.put("percent_done", state.over() ? 100 : state == State.PROCESSING ? 50 : 1);
    ArrayNode errors = json.putArray("activity_errors");
    tally.messages.forEach(errors::add);
    if (error != null) {
      errors.add(error);
    }
    if (kind == Kind.IMPORT) {
      json.put("source_file_name", "upload_from_json.csv");
    }
    json.set("status", counters());
    ObjectNode links = json.putObject("_links");
    links.putObject("self").put("href", href());
    if (kind == Kind.EXPORT && state == State.COMPLETED) {
      links.putObject("results").put("href", "/v3/contact_exports/" + id);
    }
    return json;
  }

  private ObjectNode counters() {
    ObjectNode status = Json.object().put("items_total_count", tally.total);
    if (kind == Kind.IMPORT) {
      status.put("person_count", tally.persons).put("error_count", tally.errors);
      status.put("correctable_count", tally.correctable);
      return status.put("cannot_add_to_list_count", tally.cannotAddToList);
    }
    status.put("items_completed_count", tally.completed);
    if (tally.lists > 0) {
      status.put("list_count", tally.lists);
    }
    return status;
  }
}
