package org.rollcall.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.demand.Asker;
import org.rollcall.demand.Orders;
import org.rollcall.demand.Wish;
import org.rollcall.hub.Hub;
import org.rollcall.run.Scope;
import org.rollcall.settings.SyncSettings;
import org.rollcall.user.Role;
import org.rollcall.verify.Standings;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** The groups of a sync: which of them synchronise, and how they stand. */
public final class GroupsPage {
  private static final int A_PAGE = 100;

  private final Hub hub;
  private final Orders orders;
  private final LiveRuns live;

  GroupsPage(Hub hub, Orders orders, LiveRuns live) {
    this.hub = hub;
    this.orders = orders;
    this.live = live;
  }

  /**
   * What the page shows.
   *
   * @param only whether groups that do not synchronise are left out
   * @param search what was looked for, empty for all
   * @param checkedAt when a run of the whole sync last ended well; all groups were confirmed then
   * @param next where the next page is, absent on the last
   */
  public record View(
      List<String> syncs,
      SyncSettings sync,
      boolean only,
      String search,
      List<Standings.Group> groups,
      @Nullable Instant countedAt,
      @Nullable Instant checkedAt,
      @Nullable String next,
      boolean first,
      LiveRuns.View live) {
    /** The address of this page with another filter. */
    public String with(boolean onlySelected) {
      return address(sync.name(), onlySelected, search, null);
    }

    public String table() {
      return address(sync.name(), only, search, null);
    }

    public String group(Standings.Group group) {
      return GroupPage.address(sync.name(), group.name());
    }

    /** The page of a group with one status only. */
    public String group(Standings.Group group, String status) {
      return group(group) + "&status=" + Words.inUrl(status);
    }

    /** When what the page says about a group was last true at the provider, as far as is known. */
    public @Nullable Instant confirmed(Standings.Group group) {
      Instant at = group.confirmedAt();
      Instant whole = group.selected() && group.synced() > 0 ? checkedAt : null;
      return whole != null && (at == null || whole.isAfter(at)) ? whole : at;
    }

    public String mode() {
      return switch (sync.mode()) {
        case MIRROR -> "mirror: adds and removes";
        case ADD_ONLY -> "add-only: never removes";
        case REMOVE_ONLY -> "remove-only: only takes away";
      };
    }
  }

  static String address(String sync, boolean only, String search, @Nullable String after) {
    return "/groups?sync="
        + Words.inUrl(sync)
        + (only ? "&only=yes" : "")
        + (search.isEmpty() ? "" : "&search=" + Words.inUrl(search))
        + (after == null ? "" : "&after=" + Words.inUrl(after));
  }

  void mount(Site site) {
    site.get("/groups", Role.VIEWER, this::show);
    site.post("/groups/sync", Role.OPERATOR, this::sync);
  }

  private Reply show(Visit visit) {
    List<String> syncs = List.copyOf(hub.settings().syncs().keySet());
    Optional<SyncSettings> sync =
        visit
            .query("sync")
            .or(() -> syncs.stream().findFirst())
            .flatMap(name -> Optional.ofNullable(hub.settings().syncs().get(name)));
    if (sync.isEmpty()) {
      return noSync(syncs.isEmpty());
    }
    String template = visit.partial() ? "groups/table" : "groups/all";
    return Reply.page(template, view(visit, syncs, sync.get()));
  }

  static Reply noSync(boolean none) {
    return none
        ? Reply.missing(
            "There is no sync yet",
            "Name one in config/application.properties, as docs/tour.md shows.")
        : Reply.missing("There is no such sync", "Go to the groups and choose one.");
  }

  private View view(Visit visit, List<String> syncs, SyncSettings sync) {
    boolean only = visit.query("only").isPresent();
    String search = visit.query("search").orElse("").strip();
    String after = visit.query("after").orElse(null);
    Standings.Wish wish = new Standings.Wish(only, search.isEmpty() ? null : search, after);
    List<Standings.Group> found = hub.standings().groups(sync.name(), wish, A_PAGE + 1);
    boolean more = found.size() > A_PAGE;
    List<Standings.Group> groups = more ? found.subList(0, A_PAGE) : found;
    String next = more ? address(sync.name(), only, search, groups.get(A_PAGE - 1).name()) : null;
    return new View(
        syncs,
        sync,
        only,
        search,
        groups,
        hub.standings().countedAt(sync.name()).orElse(null),
        hub.standings().checkedAt(sync.name()).orElse(null),
        next,
        after == null,
        live.view(sync.name()));
  }

  private Reply sync(Visit visit) {
    String sync = visit.form("sync").orElse("");
    if (!hub.settings().syncs().containsKey(sync)) {
      return Reply.missing("There is no such sync", "Go to the groups and choose one.");
    }
    String group = visit.form("group").orElse(null);
    if (group != null && hub.standings().group(sync, group).isEmpty()) {
      return Reply.missing("There is no such group", "Go to the groups and choose one.");
    }
    String who = visit.visitor().name();
    Wish wish = Wish.sync(sync, new Scope(group, null, false));
    visit.tell(
        (group == null ? sync : group) + ": " + orders.place(Asker.console(who), wish).sentence());
    boolean fromGroup = visit.form("from").filter("group"::equals).isPresent();
    return Reply.see(
        fromGroup && group != null
            ? GroupPage.address(sync, group)
            : address(sync, false, "", null));
  }
}
