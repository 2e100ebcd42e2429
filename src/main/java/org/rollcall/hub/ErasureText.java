package org.rollcall.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.erasure.Dossier;
import org.rollcall.erasure.Person;
import org.rollcall.erasure.Remains;
import org.rollcall.settings.DropSettings;

/** What an erasure takes away and what it leaves, in words. */
public final class ErasureText {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final Hub hub;

  public ErasureText(Hub hub) {
    this.hub = hub;
  }

  /** What is held, in sentences; only the shared address's other members are named, by key. */
  public List<String> lines(Dossier dossier) {
    List<String> lines = new ArrayList<>();
    dossier
        .person()
        .members()
        .forEach(m -> lines.add("member %s of %s".formatted(m.key(), m.sync())));
    lines.add(
        dossier.tables().isEmpty()
            ? "the hub holds nothing under this address or key"
            : "held in the hub, rows by table: "
                + dossier.tables().entrySet().stream()
                    .map(table -> plain(table.getKey()) + " " + parsed(table.getValue()).size())
                    .collect(Collectors.joining(", ")));
    dossier
        .person()
        .shared()
        .forEach(shared -> lines.add("an address stays, for it is also that of " + shared.with()));
    lines.addAll(howTo(dossier));
    return lines;
  }

  /** A table's name without what only a database needs, such as the number of a part. */
  private static String plain(String table) {
    return table.replaceAll("_\\d+$", "").replace('_', ' ');
  }

  /** Everything as one JSON document, to be handed to the person. */
  public String json(Dossier dossier, boolean erased) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("erased", erased);
    document.put("at", Instant.now());
    document.put("members", dossier.person().members());
    document.put("addresses", dossier.person().addresses());
    document.put("shared", dossier.person().shared());
    Map<String, Object> held = new LinkedHashMap<>();
    dossier.tables().forEach((table, rows) -> held.put(table, parsed(rows)));
    document.put("held", held);
    document.put("atTheProvider", dossier.remains());
    document.put("howToDeleteThere", howTo(dossier));
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One sentence for each contact that stays at the provider, and for files that were kept. */
  private List<String> howTo(Dossier dossier) {
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
