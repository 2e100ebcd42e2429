package org.rollcall.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.route.Replays;
import org.rollcall.run.DeadLetters.Kept;
import org.rollcall.settings.AddressConflicts;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;

/** What waits for a decision: dead letters and address conflicts. */
final class ToDoApi {
  private final Hub hub;
  private final Starting starting;

  ToDoApi(Hub hub, Starting starting) {
    this.hub = hub;
    this.starting = starting;
  }

  void mount(Doors doors) {
    doors.ask("/dead-letters", Role.VIEWER, Set.of("sync", "after", "limit"), this::letters);
    doors.ask("/dead-letters/:letter", Role.VIEWER, Set.of(), this::letter);
    doors.act("/dead-letters/:letter/replay", Role.OPERATOR, Set.of(), this::replay);
    doors.act("/dead-letters/:letter/dismiss", Role.OPERATOR, Set.of(), this::dismiss);
    doors.ask("/conflicts", Role.VIEWER, Set.of("sync"), this::conflicts);
    doors.act("/syncs/:sync/conflicts/:member", Role.OPERATOR, Set.of("keep"), this::decide);
  }

  private @Nullable String sync(Request request) {
    return request.query("sync").map(name -> SyncsApi.sync(hub, name).name()).orElse(null);
  }

  private Reply letters(Request request) {
    long after = request.query("after").map(RunsApi::number).orElse(0L);
    int limit = request.limit();
    return Answers.page(
        "deadLetters",
        hub.deadLetters().from(sync(request), after, limit + 1),
        limit,
        letter -> shown(letter, request),
        letter -> Answers.cursor(letter.id()));
  }

  /** What was to be sent is shown to those who may send it again. */
  private static Map<String, @Nullable Object> shown(Kept letter, Request request) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", letter.id());
    shown.put("sync", letter.sync());
    shown.put("run", letter.run());
    shown.put("kind", letter.kind());
    shown.put("memberKey", letter.memberKey());
    shown.put("cause", letter.cause());
    shown.put("remedy", letter.remedy());
    shown.put("state", letter.state());
    shown.put("at", letter.at());
    if (request.visit().visitor().role().may(Role.OPERATOR)) {
      shown.put("payload", letter.payload());
    }
    return shown;
  }

  private Kept kept(Request request) {
    return hub.deadLetters()
        .find(request.number("letter"))
        .orElseThrow(
            () ->
                Wrong.missing(
                    "There is no dead letter of this number",
                    "GET " + Doors.ROOT + "/dead-letters lists the open ones."));
  }

  private Reply letter(Request request) {
    return Answers.json(shown(kept(request), request));
  }

  private Reply replay(Request request) {
    Kept letter = kept(request);
    refuseSettled(letter);
    Replays.Order order = Replays.Order.empty();
    if (hub.replays().settle(letter.id(), order) == null) {
      refuseSettled(kept(request));
    }
    note(request, letter, "replayed a dead letter");
    return starting.start(
        request,
        Wish.replay(
            letter.sync(),
            List.of(letter.id()),
            (syncs, progress) -> hub.replays().run(order, syncs, progress)));
  }

  private Reply dismiss(Request request) {
    Kept letter = kept(request);
    refuseSettled(letter);
    if (hub.deadLetters().settle(letter.id(), false) == null) {
      refuseSettled(kept(request));
    }
    note(request, letter, "dismissed a dead letter");
    return Answers.json(shown(kept(request), request));
  }

  private static void refuseSettled(Kept letter) {
    if (!letter.state().equals("open")) {
      throw Wrong.late(
          "The dead letter is not open, it was " + letter.state(), "There is nothing to do.");
    }
  }

  private void note(Request request, Kept letter, String what) {
    hub.audit()
        .note(Audit.Through.API, request.by(), what, letter.sync(), "dead letter " + letter.id());
  }

  private Reply conflicts(Request request) {
    return Answers.json(Map.of("conflicts", hub.conflicts().open(sync(request))));
  }

  private Reply decide(Request request) {
    String sync = SyncsApi.sync(hub, request.path("sync")).name();
    String member = request.path("member");
    String keep = request.text("keep");
    if (keep == null || !List.of("source", "provider").contains(keep)) {
      throw Wrong.input("keep is not one of the two sides", "Use source or provider.");
    }
    AddressConflicts side =
        keep.equals("source") ? AddressConflicts.SOURCE : AddressConflicts.PROVIDER;
    if (!hub.conflicts().decide(sync, member, side, request.by())) {
      throw Wrong.missing(
          "There is no open conflict about this member",
          "GET " + Doors.ROOT + "/conflicts lists them.");
    }
    hub.audit()
        .note(Audit.Through.API, request.by(), "kept the " + keep + "'s address", sync, member);
    return Answers.json(Map.of("sync", sync, "memberKey", member, "kept", keep));
  }
}
