package org.rollcall.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.demand.Wish;
import org.rollcall.explain.Explanation;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.Scope;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Role;
import org.rollcall.verify.Statuses;
import org.rollcall.verify.Statuses.MemberStatus;
import org.rollcall.web.Reply;

/** Syncs with their groups and members. */
final class SyncsApi {
  private final Hub hub;
  private final Next next;
  private final Starting starting;

  SyncsApi(Hub hub, Next next, Starting starting) {
    this.hub = hub;
    this.next = next;
    this.starting = starting;
  }

  void mount(Doors doors) {
    doors.ask("/syncs", Role.VIEWER, Set.of(), request -> all());
    doors.ask("/syncs/:sync", Role.VIEWER, Set.of(), request -> Answers.json(shown(sync(request))));
    doors.ask("/syncs/:sync/groups", Role.VIEWER, Set.of(), this::groups);
    doors.list(
        "/syncs/:sync/members", Role.VIEWER, Set.of("group", "after", "limit"), this::members);
    doors.ask("/syncs/:sync/members/:member", Role.VIEWER, Set.of(), this::member);
    doors.act(
        "/syncs/:sync/runs",
        Role.OPERATOR,
        Set.of("jobs", "group", "member", "dryRun", "reconcile"),
        this::run);
  }

  private SyncSettings sync(Request request) {
    return sync(hub, request.path("sync"));
  }

  static SyncSettings sync(Hub hub, String name) {
    SyncSettings sync = hub.settings().syncs().get(name);
    if (sync == null) {
      throw Wrong.missing(
          "There is no sync of this name", "GET " + Doors.ROOT + "/syncs lists all there are.");
    }
    return sync;
  }

  private Reply all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("syncs", hub.settings().syncs().values().stream().map(this::shown).toList());
    all.put("formerSyncs", hub.formerSyncs().find());
    return Answers.json(all);
  }

  private Map<String, @Nullable Object> shown(SyncSettings sync) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("sync", sync.name());
    shown.put("account", sync.account());
    shown.put("next", Objects.toString(next.run(sync.name()).orElse(null), null));
    List<Object> runs = new ArrayList<>();
    for (Job job : Job.values()) {
      hub.runs().latest(sync.name(), job).map(Output::run).ifPresent(runs::add);
    }
    shown.put("runs", runs);
    return shown;
  }

  private Reply groups(Request request) {
    return Answers.json(Map.of("groups", hub.statuses().groups(sync(request).name())));
  }

  private Reply members(Request request) {
    SyncSettings sync = sync(request);
    String group = request.query("group").orElse(null);
    if (request.wantsLines()) {
      return Answers.lines(
          sink ->
              hub.statuses()
                  .members(
                      sync.name(),
                      member -> {
                        if (group == null || group.equals(member.group())) {
                          sink.accept(member);
                        }
                      }));
    }
    Statuses.Place after =
        request
            .query("after")
            .map(cursor -> Answers.parts(cursor, 2))
            .map(parts -> new Statuses.Place(parts.get(0), parts.get(1)))
            .orElse(Statuses.Place.BEGINNING);
    int limit = request.limit();
    List<MemberStatus> found =
        hub.statuses().page(sync.account(), sync.name(), group, after, limit + 1);
    return Answers.page(
        "members",
        found,
        limit,
        member -> member,
        member -> Answers.cursor(member.memberKey(), member.group()));
  }

  private Reply member(Request request) {
    SyncSettings sync = sync(request);
    String key = request.path("member");
    Explanation explanation =
        hub.explain()
            .member(sync, hub.settings().account(sync.account()), key)
            .orElseThrow(
                () ->
                    Wrong.missing(
                        "The sync has no member of this key",
                        "GET " + Doors.ROOT + "/syncs/" + sync.name() + "/members lists them."));
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("sync", sync.name());
    shown.put("memberKey", explanation.memberKey());
    shown.put("name", explanation.name());
    shown.put("statuses", hub.statuses().ofMember(sync.name(), key));
    shown.put("steps", explanation.steps());
    return Answers.json(shown);
  }

  private Reply run(Request request) {
    SyncSettings sync = sync(request);
    List<Job> jobs = jobs(request.texts("jobs"));
    Scope scope = new Scope(request.text("group"), request.text("member"), request.flag("dryRun"));
    return starting.start(request, Wish.jobs(sync.name(), jobs, scope, request.flag("reconcile")));
  }

  private static List<Job> jobs(List<String> words) {
    if (words.isEmpty()) {
      return Job.OF_A_SYNC;
    }
    List<Job> jobs = new ArrayList<>();
    for (Job job : Job.BY_NAME) {
      if (words.contains(job.word())) {
        jobs.add(job);
      }
    }
    if (jobs.size() != words.size()) {
      throw Wrong.input(
          "jobs names something twice, or something that is no job",
          "Use each of lists, contacts and activities at most once.");
    }
    return jobs;
  }
}
