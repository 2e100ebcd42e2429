package org.rollcall.choice;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.Names;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Selects and deselects groups of a sync, over what {@code rollcall.syncs.NAME.groups} says. A
 * choice takes effect with the sync's next run; who is on the list of a group that is deselected
 * stays there, as when the setting leaves a group out.
 */
public final class GroupChoices {
  private final Store store;
  private final Settings settings;
  private final Runs runs;
  private final Rehearsal rehearsal;
  private final Clock clock;

  public GroupChoices(Store store, Settings settings, Runs runs, Rehearsal rehearsal, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.runs = runs;
    this.rehearsal = rehearsal;
    this.clock = clock;
  }

  /**
   * A group as it stands.
   *
   * @param list the name of its list; null before the first run with the group
   * @param inSource whether it is the source's; otherwise it was made by hand
   * @param byHand how many members staff put into it by hand
   * @param bySetting what the setting alone says
   * @param choice what staff chose; null when the setting decides
   * @param selected whether it synchronises, from the next run on
   * @param taken whether the last run has taken {@code selected} into account
   */
  public record Group(
      String group,
      @Nullable String list,
      boolean inSource,
      long byHand,
      boolean bySetting,
      @Nullable Choice choice,
      boolean selected,
      boolean taken) {
    /** "by the setting", or who chose what when; for people. */
    public String words() {
      return choice == null
          ? (selected ? "selected" : "not selected") + " by the setting"
          : "%s by %s at %s"
              .formatted(selected ? "selected" : "deselected", choice.by(), choice.at());
    }
  }

  /**
   * All groups of a sync by name: those of the source as of its last reading, and those made by
   * hand.
   *
   * @throws org.rollcall.settings.SettingsException when there is no such sync
   */
  public List<Group> groups(String sync) {
    Target target = target(sync);
    return store.transaction(
        connection -> {
          GroupSelection bySetting = GroupSelection.of(target.sync().groups(), java.util.Map.of());
          GroupSelection now = Choices.selection(connection, target);
          return Query.named(connection, "choice/groups")
              .bind("account", target.accountId())
              .bind("sync", target.syncId())
              .list(row -> group(row, bySetting, now));
        });
  }

  private static Group group(ResultSet row, GroupSelection bySetting, GroupSelection now)
      throws SQLException {
    String group = row.getString("group_name");
    boolean selected = now.selects(group);
    return new Group(
        group,
        row.getString("list"),
        row.getBoolean("in_source"),
        row.getLong("by_hand"),
        bySetting.selects(group),
        Choice.of(row),
        selected,
        row.getObject("selected") != null && row.getBoolean("selected") == selected);
  }

  /**
   * Selects or deselects a group from the next run on.
   *
   * @param group without regard to case
   * @param by the user who chose
   * @return the group as it stands then
   * @throws UnknownScope when the sync has no such group
   */
  public Group choose(String sync, String group, boolean selected, String by) {
    String user = Names.user(by);
    Group known = named(sync, group);
    Target target = target(sync);
    store.run(
        connection ->
            Choices.choose(connection, target, known.group(), selected, user, clock.instant()));
    return named(sync, known.group());
  }

  /**
   * Lets the setting decide again.
   *
   * @throws UnknownScope when the sync has no such group
   */
  public Group leaveToSetting(String sync, String group) {
    Group known = named(sync, group);
    Target target = target(sync);
    store.run(connection -> Choices.drop(connection, target, known.group()));
    return named(sync, known.group());
  }

  /**
   * What the next run would do if the group were selected or not, from the members as the source
   * last gave them. Nothing is changed and nobody is asked.
   *
   * @param selected null to let the setting decide
   * @throws UnknownScope when the sync has no such group
   * @throws IllegalStateException while a run of the account is under way
   */
  public Preview preview(String sync, String group, @Nullable Boolean selected) {
    Group known = named(sync, group);
    boolean wanted = selected == null ? known.bySetting() : selected;
    return rehearsal.of(
        target(sync),
        known.group(),
        wanted,
        connection -> change(connection, target(sync), known.group(), selected));
  }

  private void change(
      Connection connection, Target target, String group, @Nullable Boolean selected)
      throws SQLException {
    if (selected == null) {
      Choices.drop(connection, target, group);
    } else {
      Choices.choose(connection, target, group, selected, "a preview", clock.instant());
    }
  }

  /**
   * One of them.
   *
   * @param name without regard to case
   * @throws UnknownScope when the sync has no such group
   */
  public Group named(String sync, String name) {
    List<Group> groups = groups(sync);
    return groups.stream()
        .filter(group -> group.group().equals(name.strip()))
        .findFirst()
        .or(
            () ->
                groups.stream()
                    .filter(group -> group.group().equalsIgnoreCase(name.strip()))
                    .findFirst())
        .orElseThrow(
            () ->
                new UnknownScope(
                    "sync %s has no group \"%s\"; rollcall groups %1$s shows all"
                        .formatted(sync, name)));
  }

  private Target target(String sync) {
    SyncSettings of = settings.sync(sync);
    return runs.target(of, settings.account(of.account()));
  }
}
