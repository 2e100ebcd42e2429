package org.rollcall.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.user.ApiTokens;
import org.rollcall.web.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever listens what happens to runs, as server-sent events. Every listener has a place in
 * the table of events and is told what comes after it; one that does not read is left behind, and
 * let go after a while. It can come back and go on where it was.
 */
final class Listeners {
  static final int MOST = 64;
  static final int MOST_OF_ONE = 8;
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final int AT_A_TIME = 200;

  /** Ticks are a second apart. */
  private static final int HEARTBEAT = 15;

  private static final int PATIENCE = 60;

  private final EventLog log;
  private final ApiTokens tokens;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Long, Instant> told = new HashMap<>();
  private long ticks;

  Listeners(EventLog log, ApiTokens tokens) {
    this.log = log;
    this.tokens = tokens;
  }

  /** Somebody who listens. */
  private static final class Listener {
    private final long token;
    private final @Nullable String sync;
    private final Channel channel;
    private long place;
    private int stuck;

    private Listener(long token, @Nullable String sync, Channel channel, long place) {
      this.token = token;
      this.sync = sync;
      this.channel = channel;
      this.place = place;
    }

    private boolean wants(String of) {
      return sync == null || sync.equals(of);
    }
  }

  /** Whether one more may listen with this token. */
  boolean room(long token) {
    return listeners.size() < MOST
        && listeners.stream().filter(one -> one.token == token).count() < MOST_OF_ONE;
  }

  /**
   * @param sync absent for all
   * @param place the last event that is known already
   */
  void add(long token, @Nullable String sync, Channel channel, long place) {
    channel.send(
        "retry: 3000\n: events of runs; a comment now and then shows that all is well\n\n");
    listeners.add(new Listener(token, sync, channel, place));
  }

  long newest() {
    return log.newest();
  }

  /** Tells everybody what is new; to be called once a second. */
  void tick() {
    ticks++;
    listeners.removeIf(one -> one.channel.closed());
    if (listeners.isEmpty()) {
      return;
    }
    letGo();
    List<Message> progress = progress();
    long newest = log.newest();
    Map<Long, List<Event>> read = new HashMap<>();
    for (Listener one : listeners) {
      try {
        tell(one, newest, progress, read);
      } catch (IllegalStateException e) {
        LOG.debug("a listener went away", e);
      }
    }
  }

  /** Whose token is good no longer, and who does not read. */
  private void letGo() {
    List<Listener> all = List.copyOf(listeners);
    all.forEach(one -> one.stuck = one.channel.full() ? one.stuck + 1 : 0);
    Set<Long> good = tokens.good(all.stream().map(one -> one.token).collect(Collectors.toSet()));
    List<Listener> gone =
        all.stream().filter(one -> !good.contains(one.token) || one.stuck > PATIENCE).toList();
    gone.forEach(one -> one.channel.close());
    listeners.removeAll(gone);
  }

  private void tell(
      Listener one, long newest, List<Message> progress, Map<Long, List<Event>> read) {
    if (one.channel.full()) {
      return;
    }
    if (one.place < newest) {
      for (Event event : read.computeIfAbsent(one.place, place -> log.after(place, AT_A_TIME))) {
        one.place = event.event();
        if (one.wants(event.sync())) {
          one.channel.send(message(event));
        }
      }
    }
    if (one.place >= newest) {
      progress.stream()
          .filter(message -> one.wants(message.sync()))
          .forEach(message -> one.channel.send(message.text()));
    }
    if (ticks % HEARTBEAT == 0) {
      one.channel.send(": all is well\n\n");
    }
  }

  private static String message(Event event) {
    return "id: %d\nevent: %s\ndata: %s\n\n"
        .formatted(event.event(), event.type(), Output.json(event));
  }

  private record Message(String sync, String text) {}

  /** What has changed since the last tick. It has no number: nobody needs it again. */
  private List<Message> progress() {
    List<Message> messages = new ArrayList<>();
    List<EventLog.UnderWay> underWay = log.progress();
    for (EventLog.UnderWay run : underWay) {
      Instant at = run.progress().at();
      if (!at.equals(told.put(run.progress().run(), at))) {
        messages.add(message(run));
      }
    }
    told.keySet().retainAll(underWay.stream().map(run -> run.progress().run()).toList());
    return messages;
  }

  private static Message message(EventLog.UnderWay run) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("type", "run.progress");
    shown.put("at", run.progress().at());
    shown.put("sync", run.sync());
    shown.put("run", run.progress().run());
    shown.put("job", run.job());
    shown.put("doing", run.progress().phase());
    shown.put("done", run.progress().done());
    shown.put("of", run.progress().todo() == 0 ? null : run.progress().todo());
    return new Message(run.sync(), "event: run.progress\ndata: " + Output.json(shown) + "\n\n");
  }

  void close() {
    listeners.forEach(one -> one.channel.close());
    listeners.clear();
  }
}
