package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.handmade.Drafts;
import org.rollcall.handmade.Drafts.Draft;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.handmade.HandMade.Found;
import org.rollcall.hub.Hub;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Puts many members into a group: choose the group; find and choose members; review; save. */
public final class BulkPage {
  private static final String SECTION = "/by-hand";
  private static final int A_PAGE = 50;

  /** Of more members than this, saving tells what it did; before, it would keep people waiting. */
  private static final int TOLD = 1_000;

  private final Hub hub;
  private final Drafts drafts;

  BulkPage(Hub hub) {
    this.hub = hub;
    this.drafts = hub.drafts();
  }

  /** The first step. */
  public record Begin(SyncChoice syncs, List<String> groups, @Nullable String trouble) {}

  /**
   * The second step.
   *
   * @param filter what was looked for; null before
   * @param page whom it found; null before
   */
  public record Find(
      SyncChoice syncs,
      Draft draft,
      List<String> groups,
      @Nullable Filter filter,
      HandMade.@Nullable Page page,
      @Nullable String news) {
    public String text() {
      return filter == null || filter.text() == null ? "" : filter.text();
    }

    public boolean inGroup(String group) {
      return filter != null && group.equals(filter.inGroup());
    }

    public boolean has(String status) {
      return filter != null && status.equals(filter.status());
    }

    public List<String> statuses() {
      return List.of(
          "synced", "pending", "sending", "unsubscribed", "failed", "held", "not applicable");
    }
  }

  /**
   * What is about to be saved.
   *
   * @param answer what saving would do, or why it was not saved; null when nobody was chosen
   * @param told whether the answer counts everybody; otherwise only this page
   * @param next where the next page is, absent on the last
   */
  public record Review(
      SyncChoice syncs,
      Draft draft,
      List<String> groups,
      List<Found> members,
      @Nullable Answer answer,
      boolean told,
      @Nullable String next,
      @Nullable String trouble) {}

  void mount(Site site) {
    site.get(SECTION, Role.OPERATOR, visit -> SyncChoice.first(hub, SECTION));
    site.get(SECTION + "/:sync", Role.OPERATOR, with(this::show));
    site.post(SECTION + "/:sync/group", Role.OPERATOR, with(this::name));
    site.post(SECTION + "/:sync/find", Role.OPERATOR, with(this::find));
    site.post(SECTION + "/:sync/choose", Role.OPERATOR, with(this::choose));
    site.get(SECTION + "/:sync/review", Role.OPERATOR, with(this::review));
    site.post(SECTION + "/:sync/drop", Role.OPERATOR, with(this::drop));
    site.post(SECTION + "/:sync/save", Role.OPERATOR, with(this::save));
    site.post(SECTION + "/:sync/discard", Role.OPERATOR, with(this::discard));
  }

  private interface Part {
    Reply answer(Visit visit, SyncChoice syncs);
  }

  private org.rollcall.web.Handler with(Part part) {
    return visit ->
        SyncChoice.of(hub, visit, SECTION)
            .map(syncs -> part.answer(visit, syncs))
            .orElseGet(() -> GroupsPage.noSync(false));
  }

  private static String home(SyncChoice syncs) {
    return syncs.path(syncs.chosen());
  }

  private Optional<Draft> draft(Visit visit, SyncChoice syncs) {
    return drafts.find(syncs.chosen(), visit.visitor().name());
  }

  private Reply show(Visit visit, SyncChoice syncs) {
    return draft(visit, syncs)
        .map(draft -> found(syncs, draft, null, null, null))
        .orElseGet(() -> begin(200, syncs, null));
  }

  private Reply begin(int status, SyncChoice syncs, @Nullable String trouble) {
    return new Reply.Page(
        status,
        "byhand/begin",
        new Begin(syncs, HouseholdPage.groups(hub, syncs.chosen()), trouble));
  }

  private Reply name(Visit visit, SyncChoice syncs) {
    boolean before = draft(visit, syncs).isPresent();
    try {
      drafts.name(syncs.chosen(), visit.visitor().name(), visit.form("group").orElse(""));
    } catch (IllegalArgumentException e) {
      return begin(422, syncs, "Choose a group: " + e.getMessage() + ".");
    }
    return Reply.see(home(syncs) + (before ? "/review" : ""));
  }

  private static Filter filter(Visit visit) {
    return new Filter(
        visit.form("in-group").orElse(null),
        visit.form("status").orElse(null),
        visit.form("text").map(String::strip).filter(text -> !text.isEmpty()).orElse(null));
  }

  private Reply find(Visit visit, SyncChoice syncs) {
    return draft(visit, syncs)
        .map(draft -> found(syncs, draft, filter(visit), visit.form("after").orElse(null), null))
        .orElseGet(() -> Reply.see(home(syncs)));
  }

  private Reply found(
      SyncChoice syncs,
      Draft draft,
      @Nullable Filter filter,
      @Nullable String after,
      @Nullable String news) {
    return Reply.page(
        "byhand/find",
        new Find(
            syncs,
            draft,
            HouseholdPage.groups(hub, syncs.chosen()),
            filter,
            filter == null ? null : hub.handMade().find(syncs.chosen(), filter, after, A_PAGE),
            news));
  }

  private Reply choose(Visit visit, SyncChoice syncs) {
    if (draft(visit, syncs).isEmpty()) {
      return Reply.see(home(syncs));
    }
    String who = visit.visitor().name();
    boolean all = visit.form("all").isPresent();
    int chosen =
        all
            ? drafts.chooseAll(syncs.chosen(), who, filter(visit))
            : drafts.choose(syncs.chosen(), who, visit.forms("member"));
    String news = Words.count(chosen, "member was", "members were") + " chosen.";
    return found(
        syncs,
        draft(visit, syncs).orElseThrow(),
        filter(visit),
        visit.form("from").orElse(null),
        news);
  }

  private Reply review(Visit visit, SyncChoice syncs) {
    return reviewed(200, visit, syncs, null, null);
  }

  private Reply reviewed(
      int status,
      Visit visit,
      SyncChoice syncs,
      @Nullable Answer refused,
      @Nullable String trouble) {
    Optional<Draft> draft = draft(visit, syncs);
    if (draft.isEmpty()) {
      return Reply.see(home(syncs));
    }
    String who = visit.visitor().name();
    List<Found> found =
        drafts.page(syncs.chosen(), who, visit.query("after").orElse(null), A_PAGE + 1);
    boolean more = found.size() > A_PAGE;
    String next =
        more
            ? home(syncs) + "/review?after=" + Words.inUrl(found.get(A_PAGE - 1).memberKey())
            : null;
    Answer answer = refused;
    String wrong = trouble;
    boolean told = draft.get().members() <= TOLD;
    if (!found.isEmpty() && trouble == null) {
      try {
        List<String> keys =
            told ? drafts.keys(syncs.chosen(), who) : found.stream().map(Found::memberKey).toList();
        answer = hub.handMade().add(syncs.chosen(), draft.get().group(), keys, who, true);
      } catch (IllegalArgumentException | IllegalStateException e) {
        wrong = "This cannot be saved: " + e.getMessage() + ".";
      }
    }
    return new Reply.Page(
        status,
        "byhand/review",
        new Review(
            syncs,
            draft.get(),
            HouseholdPage.groups(hub, syncs.chosen()),
            more ? found.subList(0, A_PAGE) : found,
            answer,
            told,
            next,
            wrong));
  }

  private Reply drop(Visit visit, SyncChoice syncs) {
    int dropped = drafts.drop(syncs.chosen(), visit.visitor().name(), visit.forms("member"));
    visit.tell(Words.count(dropped, "member was", "members were") + " dropped.");
    return Reply.see(home(syncs) + "/review");
  }

  private Reply save(Visit visit, SyncChoice syncs) {
    Optional<Draft> draft = draft(visit, syncs);
    if (draft.isEmpty() || draft.get().members() == 0) {
      return Reply.see(home(syncs));
    }
    String who = visit.visitor().name();
    Answer answer;
    try {
      List<String> keys = drafts.keys(syncs.chosen(), who);
      answer = hub.handMade().add(syncs.chosen(), draft.get().group(), keys, who, false);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return reviewed(422, visit, syncs, null, "Nothing was saved: " + e.getMessage() + ".");
    }
    if (!answer.saved()) {
      return reviewed(422, visit, syncs, answer, "Nothing was saved: some cannot be added.");
    }
    drafts.discard(syncs.chosen(), who);
    String what = "put " + Words.count(answer.changed(), "member", "members") + " into a group";
    hub.audit().note(Audit.Through.CONSOLE, who, what + " by hand", syncs.chosen(), answer.group());
    visit.tell(
        "%s: %s added by hand, %s were there by hand already, %s are given by the source as well. The next run brings it."
            .formatted(
                answer.group(),
                Words.number(answer.changed()),
                Words.number(answer.known()),
                Words.number(answer.inSource())));
    return Reply.see(home(syncs));
  }

  private Reply discard(Visit visit, SyncChoice syncs) {
    drafts.discard(syncs.chosen(), visit.visitor().name());
    visit.tell("Nothing was saved, and nobody is chosen any more.");
    return Reply.see(home(syncs));
  }
}
