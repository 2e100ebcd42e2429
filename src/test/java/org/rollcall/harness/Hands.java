package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.choice.GroupChoices.Group;
import org.rollcall.handmade.HandMade.Answer;

/**
 * What staff of a scene do in the hub itself, and the oracle's copy of it: whom they put into which
 * group, and which groups they select. All groups are selected by the setting.
 */
public final class Hands {
  private static final List<String> GROUPS = List.of("Board", "Golf", "Tennis", "Cards");

  private final Scene scene;
  private final Set<Made> made = new TreeSet<>(Comparator.comparing(Made::toString));
  private final Map<String, Boolean> chosen = new TreeMap<>();

  private record Made(String key, String group) {}

  Hands(Scene scene) {
    this.scene = scene;
  }

  /** Puts members into a group; the oracle follows if the hub does. */
  public Answer add(String group, String... keys) {
    Answer answer = scene.hub().handMade().add(Scene.SYNC, group, List.of(keys), "anna", false);
    if (answer.saved()) {
      List.of(keys).forEach(key -> made.add(new Made(key, answer.group())));
    }
    return answer;
  }

  /** Takes members out of a group again. */
  public Answer remove(String group, String... keys) {
    Answer answer = scene.hub().handMade().remove(Scene.SYNC, group, List.of(keys), "bert", false);
    if (answer.saved()) {
      List.of(keys).forEach(key -> made.remove(new Made(key, answer.group())));
    }
    return answer;
  }

  public void choose(String group, boolean selected) {
    scene.hub().groupChoices().choose(Scene.SYNC, group, selected, "anna");
    chosen.put(group, selected);
  }

  public void leaveToSetting(String group) {
    scene.hub().groupChoices().leaveToSetting(Scene.SYNC, group);
    chosen.remove(group);
  }

  public boolean selects(String group) {
    return chosen.getOrDefault(group, true);
  }

  /** The oracle takes over what the hub's ledger says, after the ledger was put back. */
  void remember() {
    made.clear();
    chosen.clear();
    scene.hub().handMade().entries(Scene.SYNC, null, Integer.MAX_VALUE).stream()
        .filter(entry -> entry.takenAt() == null)
        .forEach(entry -> made.add(new Made(entry.memberKey(), entry.group())));
    scene.hub().groupChoices().groups(Scene.SYNC).stream()
        .filter(group -> group.choice() != null)
        .forEach(group -> chosen.put(group.group(), group.selected()));
  }

  /** The source's rows and those made by hand, of members whom the source gives somewhere. */
  List<SourceRow> beside(List<SourceRow> rows) {
    List<SourceRow> all = new ArrayList<>(rows);
    for (Made one : made) {
      boolean given =
          rows.stream().anyMatch(r -> r.key().equals(one.key()) && r.group().equals(one.group()));
      if (!given) {
        best(rows, one.key()).ifPresent(row -> all.add(row.in(one.group()).withEnabled(true)));
      }
    }
    return all;
  }

  /**
   * Of a member's rows one that could be on a list, whatever its group says; the first by group.
   */
  private static Optional<SourceRow> best(List<SourceRow> rows, String key) {
    return Wanted.counted(rows).stream()
        .filter(row -> row.key().equals(key))
        .min(
            Comparator.comparing((SourceRow row) -> !Wanted.eligible(row.withEnabled(true)))
                .thenComparing(SourceRow::group));
  }

  /** Something that staff might do; gives what it was. */
  String step(Random random) {
    String group = GROUPS.get(random.nextInt(GROUPS.size()));
    int dice = random.nextInt(10);
    if (dice < 5) {
      String key = "m" + random.nextInt(14);
      Answer answer = add(group, key);
      assertThat(answer.saved()).isEqualTo(answer.refused().nobody());
      return "hub: staff adds "
          + key
          + " to "
          + group
          + ": "
          + (answer.saved() ? "yes" : "unknown");
    }
    if (dice < 8 && !made.isEmpty()) {
      Made one = new ArrayList<>(made).get(random.nextInt(made.size()));
      assertThat(remove(one.group(), one.key()).changed()).isEqualTo(1);
      return "hub: staff takes " + one.key() + " out of " + one.group() + " again";
    }
    return choose(random);
  }

  private String choose(Random random) {
    List<Group> groups = scene.hub().groupChoices().groups(Scene.SYNC);
    if (groups.isEmpty()) {
      return "hub: staff has no group to choose";
    }
    String group = groups.get(random.nextInt(groups.size())).group();
    int dice = random.nextInt(3);
    if (dice == 0) {
      leaveToSetting(group);
      return "hub: staff leaves " + group + " to the setting";
    }
    choose(group, dice == 1);
    return "hub: staff " + (dice == 1 ? "selects " : "deselects ") + group;
  }
}
