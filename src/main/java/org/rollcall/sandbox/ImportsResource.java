package org.rollcall.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /activities/contacts_json_import} and {@code contacts_file_import}. */
final class ImportsResource {
  private final Supplier<SandboxOptions.Jobs> options;

  ImportsResource(Supplier<SandboxOptions.Jobs> options) {
    this.options = options;
  }

  void register(Router router) {
    router
        .add(
            "POST",
            "/activities/contacts_json_import",
            "contact_data",
            "contacts:write",
            this::json)
        .add(
            "POST",
            "/activities/contacts_file_import",
            "contact_data",
            "contacts:write",
            this::file);
  }

  private Answer json(Call call) {
    call.requireJson();
    SandboxOptions.Jobs now = options.get();
    JsonImport rows = new JsonImport(call.body);
    JsonImport.Scan scan = rows.scan(now.importBytes(), now.importLines());
    Faulty faulty = new Faulty();
    if (!scan.hasData) {
      faulty.add("import_data is missing");
    }
    return submit(call, rows, scan.rows, scan.listIds, scan.fieldNames, faulty);
  }

  private Answer file(Call call) {
    Map<String, byte[]> parts = Multipart.parse(call.header("content-type"), call.body);
    SandboxOptions.Jobs now = options.get();
    Faulty faulty = new Faulty();
    byte[] file = parts.getOrDefault("file", new byte[0]);
    if (file.length == 0) {
      faulty.add("file is missing");
    }
    byte[] read = file.length > now.importBytes() ? Arrays.copyOf(file, now.importBytes()) : file;
    CsvImport rows = new CsvImport(new String(read, StandardCharsets.UTF_8));
    int[] count = {0};
    rows.read(row -> ++count[0] < now.importLines() - 1);
    String lists = new String(parts.getOrDefault("list_ids", new byte[0]), StandardCharsets.UTF_8);
    List<String> listIds =
        Arrays.stream(lists.split(",")).map(String::strip).filter(id -> !id.isEmpty()).toList();
    List<String> fields =
        rows.header().stream()
            .filter(name -> name.startsWith("cf:"))
            .map(name -> name.substring(3))
            .toList();
    return submit(call, rows, count[0], listIds, fields, faulty);
  }

  private Answer submit(
      Call call,
      ImportRows rows,
      int size,
      List<String> listIds,
      Collection<String> fieldNames,
      Faulty faulty) {
    Store store = call.store();
    if (listIds.isEmpty()) {
      faulty.add("list_ids is missing");
    }
    if (listIds.size() > Store.LISTS_PER_CONTACT) {
      faulty.add("list_ids may have at most 50 entries");
    }
    List<MailingList> lists = new ArrayList<>(ActivitiesResource.lists(store, listIds, faulty));
    if (options.get().refuseUnknownColumns()) {
      for (String name : fieldNames) {
        if (store.read(() -> store.fieldNamed(name)) == null) {
          faulty.add(
              String.format(Locale.ROOT, "custom field %s is not known to the account", name));
        }
      }
    }
    faulty.refuse();
    RowImport rowImport = new RowImport(store, lists, options.get().blankClears());
    return ActivitiesResource.submit(
        call, Activity.Kind.IMPORT, new ImportWork(store, rows, size, rowImport));
  }
}
