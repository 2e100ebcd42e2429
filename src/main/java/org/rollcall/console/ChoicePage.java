package org.rollcall.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.choice.GroupChoices.Group;
import org.rollcall.choice.Preview;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Which groups of a sync synchronise: the setting's word, and over it what staff chose. */
public final class ChoicePage {
  private static final String SECTION = "/choices";
  private static final int MOST = 200;

  private final Hub hub;

  ChoicePage(Hub hub) {
    this.hub = hub;
  }

  /** What somebody may want for a group. */
  public enum To {
    SELECT,
    DESELECT,
    SETTING;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Nullable Boolean selected() {
      return this == SETTING ? null : Boolean.valueOf(this == SELECT);
    }
  }

  /**
   * The groups.
   *
   * @param more whether there are more than are shown
   */
  public record View(SyncChoice syncs, String search, List<Group> groups, boolean more) {
    public String path(Group group, String to) {
      return syncs.path(syncs.chosen())
          + "/change?to="
          + to
          + "&group="
          + Words.inUrl(group.group());
    }
  }

  /** A choice before it is made. */
  public record Change(SyncChoice syncs, Group group, To to) {
    public String path(String what) {
      return syncs.path(syncs.chosen())
          + what
          + "?to="
          + to.word()
          + "&group="
          + Words.inUrl(group.group());
    }

    public String title() {
      return switch (to) {
        case SELECT -> "Select " + group.group();
        case DESELECT -> "Deselect " + group.group();
        case SETTING -> "Leave " + group.group() + " to the setting";
      };
    }
  }

  /**
   * What it would do, or why that cannot be said now.
   *
   * @param again where the page asks once more after a while
   */
  public record Outlook(@Nullable Preview preview, @Nullable String trouble, String again) {}

  void mount(Site site) {
    site.get(SECTION, Role.VIEWER, visit -> SyncChoice.first(hub, SECTION));
    site.get(SECTION + "/:sync", Role.VIEWER, this::all);
    site.get(SECTION + "/:sync/change", Role.OPERATOR, this::change);
    site.get(SECTION + "/:sync/preview", Role.OPERATOR, this::preview);
    site.post(SECTION + "/:sync", Role.OPERATOR, this::choose);
  }

  private Reply all(Visit visit) {
    Optional<SyncChoice> syncs = SyncChoice.of(hub, visit, SECTION);
    if (syncs.isEmpty()) {
      return GroupsPage.noSync(false);
    }
    String search = visit.query("search").orElse("").strip();
    String part = search.toLowerCase(Locale.ROOT);
    List<Group> groups =
        hub.groupChoices().groups(syncs.get().chosen()).stream()
            .filter(group -> group.group().toLowerCase(Locale.ROOT).contains(part))
            .limit(MOST + 1)
            .toList();
    boolean more = groups.size() > MOST;
    return Reply.page(
        "choices/all",
        new View(syncs.get(), search, more ? groups.subList(0, MOST) : groups, more));
  }

  private static Optional<To> to(String word) {
    return switch (word) {
      case "select" -> Optional.of(To.SELECT);
      case "deselect" -> Optional.of(To.DESELECT);
      case "setting" -> Optional.of(To.SETTING);
      default -> Optional.empty();
    };
  }

  private Optional<Change> wanted(Visit visit, String group, String to) {
    return SyncChoice.of(hub, visit, SECTION)
        .flatMap(
            syncs ->
                hub.groupChoices().groups(syncs.chosen()).stream()
                    .filter(one -> one.group().equals(group))
                    .findFirst()
                    .flatMap(found -> to(to).map(word -> new Change(syncs, found, word))));
  }

  private Optional<Change> asked(Visit visit) {
    return wanted(visit, visit.query("group").orElse(""), visit.query("to").orElse(""));
  }

  private static Reply nothing() {
    return Reply.missing("There is no such group", "Go to the groups and choose one.");
  }

  private Reply change(Visit visit) {
    return asked(visit)
        .map(change -> Reply.page("choices/change", change))
        .orElseGet(ChoicePage::nothing);
  }

  private Reply preview(Visit visit) {
    Optional<Change> change = asked(visit);
    if (change.isEmpty()) {
      return nothing();
    }
    String again = change.get().path("/preview");
    try {
      Preview preview =
          hub.groupChoices()
              .preview(
                  change.get().syncs().chosen(),
                  change.get().group().group(),
                  change.get().to().selected());
      return Reply.page("choices/preview", new Outlook(preview, null, again));
    } catch (IllegalStateException e) {
      return Reply.page("choices/preview", new Outlook(null, e.getMessage(), again));
    }
  }

  private Reply choose(Visit visit) {
    Optional<Change> change =
        wanted(visit, visit.form("group").orElse(""), visit.form("to").orElse(""));
    if (change.isEmpty()) {
      return nothing();
    }
    String who = visit.visitor().name();
    String sync = change.get().syncs().chosen();
    try {
      chosen(change.get(), sync, who);
    } catch (UnknownScope e) {
      return nothing();
    }
    hub.audit()
        .note(
            Audit.Through.CONSOLE,
            who,
            "chose: " + change.get().to().word() + " a group",
            sync,
            change.get().group().group());
    visit.tell(change.get().title() + ": done. The next run takes it into account.");
    return Reply.see(change.get().syncs().path(sync));
  }

  private void chosen(Change change, String sync, String who) {
    Boolean selected = change.to().selected();
    if (selected == null) {
      hub.groupChoices().leaveToSetting(sync, change.group().group());
    } else {
      hub.groupChoices().choose(sync, change.group().group(), selected, who);
    }
  }
}
