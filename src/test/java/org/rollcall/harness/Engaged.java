package org.rollcall.harness;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Condition;
import org.rollcall.member.GroupSelection;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.settings.Rules;

/**
 * Whom the rules about engagement leave out, worked out from what the provider reports and the
 * documents alone, as of the hub's last reading of activities.
 */
final class Engaged {
  private final Scene scene;
  private final Rules rules;
  private final @Nullable Instant known;
  private final Map<String, Events> events = new HashMap<>();

  /** What is known of a contact. */
  private static final class Events {
    private final Map<String, Instant> sends = new HashMap<>();
    private final TreeSet<Instant> answers = new TreeSet<>();
    private @Nullable Instant bounced;

    /** Since when mailings that arrived are without an answer. */
    private @Nullable Instant since() {
      return sends.values().stream()
          .filter(at -> answers.isEmpty() || at.isAfter(answers.last()))
          .min(Instant::compareTo)
          .orElse(null);
    }
  }

  Engaged(Scene scene) {
    this.scene = scene;
    this.rules = scene.hub().settings().sync(Scene.SYNC).rules();
    String at =
        scene.ask(
            "SELECT to_char(min(activities_at) AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM account");
    this.known = at == null ? null : Instant.parse(at);
    if (asked()) {
      scene.provider().campaigns().each(this::note);
    }
  }

  private boolean asked() {
    return rules.silence().decides() || reachable();
  }

  private boolean reachable() {
    return Condition.of(rules.eligible()).contains(Condition.REACHABLE);
  }

  private void note(org.rollcall.sandbox.CampaignControl.EventView event) {
    Events of = events.computeIfAbsent(event.contact(), contact -> new Events());
    switch (event.kind()) {
      case "sends" -> of.sends.put(event.mailing() + event.at(), event.at());
      case "opens", "clicks", "forwards" -> of.answers.add(event.at());
      case "bounces" -> {
        if (List.of("B", "S").contains(String.valueOf(event.detail()))) {
          of.bounced = event.at();
        }
      }
      default -> {}
    }
  }

  /** Whether an otherwise eligible row is not to be synchronised. */
  boolean leavesOut(SourceRow row) {
    if (!asked()) {
      return false;
    }
    ContactView contact = scene.provider().contact(Wanted.address(row)).orElse(null);
    if (contact != null && contact.permission().equals("unsubscribed")) {
      return false;
    }
    Events did = contact == null ? null : events.get(contact.id());
    boolean silent = did != null && silent(did.since());
    return reachable() && did != null && bounces(did)
        || (silent ? among(rules.silence().without(), row) : among(rules.silence().only(), row));
  }

  private boolean silent(@Nullable Instant since) {
    return since != null && known != null && !since.isAfter(known.minus(rules.silence().after()));
  }

  private static boolean bounces(Events did) {
    return did.bounced != null
        && (did.answers.isEmpty() || did.answers.last().isBefore(did.bounced));
  }

  private static boolean among(List<String> patterns, SourceRow row) {
    return GroupSelection.of(patterns, Map.of()).selects(row.group());
  }
}
