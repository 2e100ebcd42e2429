package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.erasure.Dossier;
import org.rollcall.erasure.Remains;
import org.rollcall.hub.Hub;

/** What an erasure takes away and what it leaves, in words. */
final class ErasureReport {
  private final Hub hub;

  ErasureReport(Hub hub) {
    this.hub = hub;
  }

  void print(PrintWriter out, Dossier dossier) {
    dossier.person().members().forEach(m -> out.printf("member %s of %s%n", m.key(), m.sync()));
    out.println(
        dossier.tables().isEmpty()
            ? "the hub holds nothing under this address or key"
            : "held in the hub: "
                + dossier.tables().entrySet().stream()
                    .map(table -> table.getKey() + " " + Output.parsed(table.getValue()).size())
                    .collect(Collectors.joining(", ")));
    dossier
        .person()
        .shared()
        .forEach(
            shared -> out.println("an address stays, for it is also that of " + shared.with()));
    howTo(dossier).forEach(out::println);
  }

  /** One sentence for each contact that stays at the provider. */
  List<String> howTo(Dossier dossier) {
    return dossier.remains().stream().map(this::howTo).toList();
  }

  private String howTo(Remains remains) {
    String lists = remains.lists().isEmpty() ? "on no list" : "on " + remains.lists();
    String api =
        hub.settings().accounts().containsKey(remains.account())
            ? ", or call DELETE "
                + hub.settings().account(remains.account()).apiUrl()
                + "/contacts/"
                + remains.contactId()
            : "";
    return "stays at the provider: contact %s of account %s (%s, %s); delete it there by hand: open the contact and delete it%s"
        .formatted(remains.contactId(), remains.account(), remains.permission(), lists, api);
  }
}
