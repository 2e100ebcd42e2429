package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.choice.GroupChoices;
import org.rollcall.handmade.HandMade;
import org.rollcall.handmade.HandMade.Answer;
import org.rollcall.handmade.HandMade.Filter;
import org.rollcall.handmade.HandMade.Found;
import org.rollcall.handmade.Households.Household;
import org.rollcall.handmade.Households.InGroup;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** A household or company with its groups, where single memberships are made by hand. */
public final class HouseholdPage {
  static final String SECTION = "/households";
  private static final int MOST_MEMBERS = 100;
  private static final int MOST_FOUND = 50;

  private final Hub hub;

  HouseholdPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * Looking for a member.
   *
   * @param text what was looked for; null before
   */
  public record Search(SyncChoice syncs, @Nullable String text, List<Found> found, boolean more) {
    public String path(Found member) {
      return address(syncs.chosen(), member.memberKey());
    }
  }

  /**
   * One household.
   *
   * @param key the member that was asked for
   * @param groups those there are, to choose from
   */
  public record View(
      SyncChoice syncs,
      String key,
      Household household,
      List<String> groups,
      @Nullable String trouble) {
    public String path() {
      return address(syncs.chosen(), key);
    }

    /** Where the form is sent, whatever the key holds. */
    public String action(String what) {
      return syncs.path(syncs.chosen()) + "/" + what;
    }
  }

  /** The page of the household that a member belongs to. */
  public static String address(String sync, String key) {
    return SECTION + "/" + Words.inUrl(sync) + "?member=" + Words.inUrl(key);
  }

  /** Where a membership comes from, in words. */
  public static String origin(InGroup group) {
    if (group.byHand() == null) {
      return group.inSource() ? "source" : group.pending() ? "was made by hand" : "left the source";
    }
    return group.inSource() ? "source, and by hand" : "by hand";
  }

  void mount(Site site) {
    site.get(SECTION, Role.VIEWER, visit -> SyncChoice.first(hub, SECTION));
    site.get(SECTION + "/:sync", Role.VIEWER, this::show);
    site.get(SECTION + "/:sync/:key", Role.VIEWER, this::one);
    site.post(SECTION + "/:sync", Role.VIEWER, this::search);
    site.post(SECTION + "/:sync/add", Role.OPERATOR, visit -> change(visit, true));
    site.post(SECTION + "/:sync/remove", Role.OPERATOR, visit -> change(visit, false));
  }

  private Reply show(Visit visit) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    return visit
        .query("member")
        .map(key -> household(200, syncs.get(), key, null))
        .orElseGet(
            () -> Reply.page("byhand/search", new Search(syncs.get(), null, List.of(), false)));
  }

  private Reply one(Visit visit) {
    return SyncChoice.of(hub, visit, SECTION)
        .map(syncs -> household(200, syncs, visit.path("key"), null))
        .orElseGet(() -> GroupsPage.noSync(false));
  }

  private Reply search(Visit visit) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    String text = visit.form("text").orElse("").strip();
    HandMade.Page found =
        text.isEmpty()
            ? new HandMade.Page(List.of(), null, true)
            : hub.handMade()
                .find(syncs.get().chosen(), new Filter(null, null, text), null, MOST_FOUND);
    return Reply.page(
        "byhand/search", new Search(syncs.get(), text, found.members(), found.next() != null));
  }

  private Reply household(int status, SyncChoice syncs, String key, @Nullable String trouble) {
    Household household;
    try {
      household = hub.households().of(syncs.chosen(), key, MOST_MEMBERS);
    } catch (UnknownScope e) {
      return Reply.missing(
          "This sync has no such member", "Look for it by its name, under Groups, Households.");
    }
    return new Reply.Page(
        status,
        "byhand/household",
        new View(syncs, key, household, groups(hub, syncs.chosen()), trouble));
  }

  static List<String> groups(Hub hub, String sync) {
    return hub.groupChoices().groups(sync).stream().map(GroupChoices.Group::group).toList();
  }

  private Reply change(Visit visit, boolean adds) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    String sync = syncs.get().chosen();
    String key = visit.form("member").orElse("");
    String about = visit.form("about").orElse(key);
    String who = visit.visitor().name();
    Answer answer;
    try {
      String group = visit.form("group").orElse("");
      HandMade handMade = hub.handMade();
      answer =
          adds
              ? handMade.add(sync, group, List.of(key), who, false)
              : handMade.remove(sync, group, List.of(key), who, false);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return household(422, syncs.get(), about, "Nothing was changed: " + e.getMessage() + ".");
    }
    if (!answer.saved()) {
      return household(422, syncs.get(), about, refused(key, answer, adds));
    }
    hub.audit()
        .note(
            Audit.Through.CONSOLE,
            who,
            (adds ? "put a member into " : "took a member out of ") + answer.group() + " by hand",
            sync,
            key);
    visit.tell(told(key, answer, adds));
    return Reply.see(address(sync, about));
  }

  private static String refused(String key, Answer answer, boolean adds) {
    String why =
        answer.refused().erased() > 0
            ? "was erased on request"
            : adds ? "is not in the source" : "was not put into " + answer.group() + " by hand";
    return "Nothing was changed: " + key + " " + why + ".";
  }

  private static String told(String key, Answer answer, boolean adds) {
    if (answer.changed() == 0) {
      return "%s is in %s by hand already.".formatted(key, answer.group());
    }
    return adds
        ? "%s was put into %s%s. The next run brings it.%s"
            .formatted(
                key,
                answer.group(),
                answer.newGroup() ? ", a new group" : "",
                answer.selected() ? "" : " The group does not synchronise; select it first.")
        : "%s was taken out of %s. The next run brings it.%s"
            .formatted(
                key,
                answer.group(),
                answer.inSource() > 0 ? " The source gives it as well, so it stays." : "");
  }
}
