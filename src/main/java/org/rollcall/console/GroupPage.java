package org.rollcall.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.member.Reason;
import org.rollcall.run.Scope;
import org.rollcall.run.Target;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.verify.GroupMembers;
import org.rollcall.verify.GroupMembers.Only;
import org.rollcall.verify.Standings;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** The members of a group, where they stand, and why. */
public final class GroupPage {
  private static final int A_PAGE = 50;
  private static final int SHORTEST_SEARCH = 2;
  private static final int MOST_LETTERS = 500;

  private final Hub hub;
  private final Orders orders;
  private final LiveRuns live;
  private final Audit audit;
  private final GroupMembers members;

  GroupPage(Hub hub, Orders orders, LiveRuns live) {
    this.hub = hub;
    this.orders = orders;
    this.live = live;
    this.audit = hub.audit();
    this.members = hub.groupMembers();
  }

  /**
   * What the page shows.
   *
   * @param search what was looked for, empty for a page of all
   * @param hint what is wrong with the search, or absent
   * @param next where the next page begins, absent on the last
   */
  public record View(
      String sync,
      Standings.Group group,
      Only only,
      @Nullable Reason reason,
      String search,
      @Nullable String hint,
      List<GroupMembers.Member> members,
      @Nullable String next,
      boolean first,
      @Nullable Instant countedAt,
      LiveRuns.View live) {
    public List<Filter> filters() {
      return Arrays.stream(Only.values())
          .map(only -> new Filter(only, count(only)))
          .filter(
              filter -> filter.count() > 0 || filter.only() == Only.ALL || filter.only() == only)
          .toList();
    }

    private long count(Only which) {
      return switch (which) {
        case ALL -> group.members();
        case SYNCED -> group.synced();
        case PENDING -> group.pending();
        case SENDING -> group.sending();
        case UNSUBSCRIBED -> group.unsubscribed();
        case FAILED -> group.failed();
        case HELD -> group.held();
        case NOT_APPLICABLE -> group.notApplicable();
      };
    }

    public List<Reason> reasons() {
      return List.of(Reason.values());
    }

    public String here() {
      return address(sync, group.name());
    }

    public String with(Only other) {
      return here() + (other == Only.ALL ? "" : "&status=" + Words.inUrl(other.word()));
    }

    public @Nullable String nextPage() {
      return next == null
          ? null
          : with(only)
              + (reason == null ? "" : "&reason=" + reason.name())
              + "&after="
              + Words.inUrl(next);
    }

    public String csv() {
      return "/groups/csv?sync=" + Words.inUrl(sync) + "&group=" + Words.inUrl(group.name());
    }

    public String member(GroupMembers.Member member) {
      return "/members/" + Words.inUrl(sync) + "/" + Words.inUrl(member.key());
    }

    public String badge(GroupMembers.Member member) {
      return badge(member.status());
    }

    /** How a status looks; the word beside it says what it is. */
    public static String badge(String status) {
      return switch (status) {
        case "synced" -> "good";
        case "pending" -> "wait";
        case "sending" -> "wait busy";
        case "held" -> "mind";
        case "failed" -> "bad";
        default -> "";
      };
    }
  }

  /** A status with how many members have it. */
  public record Filter(Only only, long count) {
    public String word() {
      return only == Only.ALL ? "all" : only.word();
    }
  }

  /** A group is named in the query, for its name may hold anything, such as slashes and dots. */
  static String address(String sync, String group) {
    return "/groups/members?sync=" + Words.inUrl(sync) + "&group=" + Words.inUrl(group);
  }

  void mount(Site site) {
    site.get("/groups/members", Role.VIEWER, this::show);
    site.post("/groups/search", Role.VIEWER, this::search);
    site.get("/groups/csv", Role.VIEWER, this::csv);
    site.post("/groups/member", Role.OPERATOR, this::syncMember);
    site.post("/groups/retry", Role.OPERATOR, this::retry);
  }

  private record Place(Target target, Standings.Group group) {
    String sync() {
      return target.sync().name();
    }
  }

  private Optional<Place> place(Optional<String> sync, Optional<String> group) {
    SyncSettings settings = hub.settings().syncs().get(sync.orElse(""));
    if (settings == null || group.isEmpty()) {
      return Optional.empty();
    }
    return hub.standings()
        .group(settings.name(), group.get())
        .map(
            found ->
                new Place(
                    hub.runs().target(settings, hub.settings().account(settings.account())),
                    found));
  }

  private Optional<Place> asked(Visit visit) {
    return place(visit.query("sync"), visit.query("group"));
  }

  private Optional<Place> sent(Visit visit) {
    return place(visit.form("sync"), visit.form("group"));
  }

  private static Reply nowhere() {
    return Reply.missing("There is no such group", "Go to the groups and choose one.");
  }

  private Reply show(Visit visit) {
    Optional<Place> place = asked(visit);
    if (place.isEmpty()) {
      return nowhere();
    }
    Reason reason = visit.query("reason").flatMap(GroupPage::reason).orElse(null);
    Only only =
        reason == null
            ? visit.query("status").flatMap(GroupPage::only).orElse(Only.ALL)
            : Only.NOT_APPLICABLE;
    String after = visit.query("after").orElse("");
    GroupMembers.Page page =
        members.page(
            place.get().target(),
            place.get().group().name(),
            new GroupMembers.Wish(only, reason, after),
            A_PAGE);
    return page(
        visit,
        place.get(),
        new Shown(only, reason, "", null, page.members(), page.next(), after.isEmpty()));
  }

  private record Shown(
      Only only,
      @Nullable Reason reason,
      String search,
      @Nullable String hint,
      List<GroupMembers.Member> members,
      @Nullable String next,
      boolean first) {}

  private Reply page(Visit visit, Place place, Shown shown) {
    View view =
        new View(
            place.sync(),
            place.group(),
            shown.only(),
            shown.reason(),
            shown.search(),
            shown.hint(),
            shown.members(),
            shown.next(),
            shown.first(),
            hub.standings().countedAt(place.sync()).orElse(null),
            live.view(place.sync()));
    return Reply.page(visit.partial() ? "groups/rows" : "groups/members", view);
  }

  private static Optional<Only> only(String word) {
    return Arrays.stream(Only.values()).filter(only -> only.word().equals(word)).findFirst();
  }

  private static Optional<Reason> reason(String name) {
    return Arrays.stream(Reason.values()).filter(reason -> reason.name().equals(name)).findFirst();
  }

  /** Posted, for addresses and names do not belong into addresses of pages. */
  private Reply search(Visit visit) {
    Optional<Place> place = sent(visit);
    if (place.isEmpty()) {
      return nowhere();
    }
    String text = visit.form("text").orElse("").strip();
    boolean enough = text.length() >= SHORTEST_SEARCH;
    List<GroupMembers.Member> found =
        enough
            ? members.search(place.get().target(), place.get().group().name(), text, A_PAGE + 1)
            : List.of();
    String hint =
        !enough
            ? "Type at least two characters."
            : found.size() > A_PAGE ? "There are more; type some more of it." : null;
    List<GroupMembers.Member> shown = found.stream().limit(A_PAGE).toList();
    return page(visit, place.get(), new Shown(Only.ALL, null, text, hint, shown, null, true));
  }

  private Reply csv(Visit visit) {
    Optional<Place> place = asked(visit);
    if (place.isEmpty()) {
      return nowhere();
    }
    String group = place.get().group().name();
    String file = group.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    note(visit, "downloaded the members of a group", place.get().sync(), group);
    return new Reply.Download(
        "text/csv; charset=utf-8",
        (file.matches("-*") ? "group" : file.replaceAll("^-|-$", "")) + ".csv",
        out -> write(place.get(), out));
  }

  private void write(Place place, OutputStream out) throws IOException {
    try {
      members.csv(
          place.target(),
          place.group().name(),
          line -> {
            try {
              out.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Reply syncMember(Visit visit) {
    Optional<Place> place = sent(visit);
    String key = visit.form("member").orElse("");
    if (place.isEmpty() || key.isEmpty()) {
      return nowhere();
    }
    String sync = place.get().sync();
    visit.tell("Member " + key + ": " + placed(visit, sync, new Scope(null, key, false)));
    return Reply.see(address(sync, place.get().group().name()));
  }

  private Reply retry(Visit visit) {
    Optional<Place> place = sent(visit);
    if (place.isEmpty()) {
      return nowhere();
    }
    String sync = place.get().sync();
    String group = place.get().group().name();
    List<Long> letters = members.letters(place.get().target(), group, MOST_LETTERS);
    long replayed =
        letters.stream().filter(id -> hub.deadLetters().settle(id, true) != null).count();
    if (replayed == 0) {
      visit.tell("Nothing of this group waits to be tried again.");
      return Reply.see(address(sync, group));
    }
    note(visit, "had " + replayed + " dead letters of a group tried again", sync, group);
    String answer = placed(visit, sync, new Scope(group, null, false));
    visit.tell(
        Words.count(replayed, "dead letter is", "dead letters are")
            + " tried again. "
            + answer
            + (letters.size() == MOST_LETTERS ? " There are more; press again for the rest." : ""));
    return Reply.see(address(sync, group));
  }

  private String placed(Visit visit, String sync, Scope scope) {
    Asker asker = Asker.console(visit.visitor().name());
    return orders.place(asker, Wish.sync(sync, scope)).sentence();
  }

  private void note(Visit visit, String what, String sync, String about) {
    audit.note(Audit.Through.CONSOLE, visit.visitor().name(), what, sync, about);
  }
}
