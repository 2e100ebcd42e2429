package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /activities/contact_exports} and the file behind it. */
final class ExportsResource {
  private static final Set<String> WAYS = Set.of("contact_ids", "list_ids", "tag_ids");
  private static final String HEADER =
      "Email address,First name,Last name,Company,Job title,Email permission status\r\n";

  void register(Router router) {
    router
        .add("POST", "/activities/contact_exports", "contact_data", "contacts:read", this::export)
        .add("GET", "/contact_exports/*", "contact_data", "contacts:read", this::file);
  }

  private Answer export(Call call) {
    JsonNode body = call.json();
    Store store = call.store();
    Faulty faulty = new Faulty();
    boolean all = WAYS.stream().noneMatch(body::has);
    Selection selection =
        all
            ? new Selection("all_active_contacts", java.util.List.of("true"), Set.of())
            : Selection.read(body, body.path("exclude"), WAYS, faulty);
    faulty.refuse();
    return ActivitiesResource.submit(call, Activity.Kind.EXPORT, new ExportWork(store, selection));
  }

  private Answer file(Call call) {
    Activity activity = ActivitiesResource.find(call, "file_export_id");
    Store store = call.store();
    if (activity.state() != Activity.State.COMPLETED
        || !(activity.work instanceof ExportWork work)) {
      throw Refusal.notFound("file_export_id");
    }
    return Answer.stream(
        "text/csv",
        out -> {
          Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          csv.write(HEADER);
          for (int position : work.found()) {
            csv.write(store.read(() -> line(store.contacts.get(position))));
          }
          csv.flush();
        });
  }

  private static String line(Contact contact) {
    return String.join(
            ",",
            cell(contact.address),
            cell(contact.firstName),
            cell(contact.lastName),
            cell(contact.companyName),
            cell(contact.jobTitle),
            cell(contact.permission.wire()))
        + "\r\n";
  }

  private static String cell(@Nullable String text) {
    return text == null ? "" : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Chooses the contacts when the job runs; the file is written when it is fetched. */
  private record ExportWork(Store store, Selection selection, int[][] result) implements Work {
    ExportWork(Store store, Selection selection) {
      this(store, selection, new int[][] {Contact.NONE});
    }

    int[] found() {
      return result[0];
    }

    @Override
    public int size() {
      result[0] = store.read(() -> selection.resolve(store));
      return result[0].length;
    }

    @Override
    public void apply(int from, int to, Tally tally, boolean dry) {
      tally.total = found().length;
      tally.completed += to - from;
    }
  }
}
