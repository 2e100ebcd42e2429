package org.rollcall.api;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;

/** Events of runs, as they happen. */
final class EventsApi {
  private static final String TYPE = "text/event-stream";

  private final Hub hub;
  private final Listeners listeners;

  EventsApi(Hub hub, Listeners listeners) {
    this.hub = hub;
    this.listeners = listeners;
  }

  void mount(Site site) {
    site.ask(
        Doors.ROOT + "/events",
        Role.VIEWER,
        visit -> Doors.kept(() -> listen(Request.reading(visit, Set.of("sync")))),
        TYPE);
  }

  private Reply listen(Request request) {
    @Nullable String sync =
        request.query("sync").map(name -> SyncsApi.sync(hub, name).name()).orElse(null);
    long token = request.visit().token().id();
    if (!listeners.room(token)) {
      return new Reply.With(
          Map.of("Retry-After", "60"),
          new Reply.Refusal(
              429,
              "Too many listen already",
              "Close a connection; "
                  + Listeners.MOST_OF_ONE
                  + " for a token and "
                  + Listeners.MOST
                  + " in all may be open."));
    }
    long place = place(request);
    return new Reply.Events(channel -> listeners.add(token, sync, channel, place));
  }

  /**
   * Without a number to go on from, only what happens from now on is told; nor with one that is yet
   * to come, as of before the database was put back.
   */
  private long place(Request request) {
    String last = request.visit().header("Last-Event-ID").orElse("");
    if (last.isEmpty()) {
      return listeners.newest();
    }
    if (!last.matches("[0-9]{1,18}")) {
      throw Wrong.unreadable(
          "The Last-Event-ID is no number", "Send the id of the last event, or leave it out.");
    }
    return Math.min(Long.parseLong(last), listeners.newest());
  }
}
