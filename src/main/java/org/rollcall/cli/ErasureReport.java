package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.erasure.Dossier;
import org.rollcall.erasure.Person;
import org.rollcall.erasure.Remains;
import org.rollcall.hub.Hub;
import org.rollcall.settings.DropSettings;

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

  /** One sentence for each contact that stays at the provider, and for files that were kept. */
  List<String> howTo(Dossier dossier) {
    Set<String> syncs =
        dossier.person().members().stream().map(Person.Member::sync).collect(Collectors.toSet());
    return Stream.concat(
            dossier.remains().stream().map(this::howTo),
            hub.settings().drops().values().stream()
                .filter(drop -> syncs.contains(drop.sync()))
                .flatMap(drop -> keptFiles(drop).stream()))
        .toList();
  }

  private Optional<String> keptFiles(DropSettings drop) {
    long kept = hub.dropLedger().kept(drop).size();
    return kept == 0
        ? Optional.empty()
        : Optional.of(
            "may stand in %d files that were taken before, in %s/done and failed; they are deleted after %d days, or by hand"
                .formatted(kept, drop.folder(), drop.keep().toDays()));
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
