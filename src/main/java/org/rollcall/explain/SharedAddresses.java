package org.rollcall.explain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.member.WinnerRules;

/** Who shares the member's address, who won it, and the rule that decided. */
final class SharedAddresses {
  private static final String ABOUT = "shared address";

  private final String member;
  private final WinnerRules rules;
  private final List<Rival> rivals;

  SharedAddresses(Connection connection, Subject subject, WinnerRules rules) throws SQLException {
    this.member = subject.member();
    this.rules = rules;
    this.rivals =
        subject
            .query(connection, "explain/rivals")
            .bind("treeRanks", rules.treeRanks())
            .list(SharedAddresses::rival);
  }

  private static Rival rival(ResultSet row) throws SQLException {
    return new Rival(
        row.getString("address"),
        row.getString("member_key"),
        row.getString("group_name"),
        row.getString("display_name"),
        row.getInt("rank"),
        row.getInt("depth"),
        row.getBoolean("login"),
        row.getString("sort_name"),
        row.getBoolean("group_winner"),
        row.getBoolean("contact_winner"));
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Map<String, List<Rival>> byAddress = new LinkedHashMap<>();
    rivals.forEach(r -> byAddress.computeIfAbsent(r.address(), a -> new ArrayList<>()).add(r));
    for (List<Rival> sharing : byAddress.values()) {
      if (sharing.stream().anyMatch(rival -> !rival.key().equals(member))) {
        ofContact(sharing, steps);
        ofGroups(sharing, steps);
      }
    }
    if (steps.isEmpty() && !rivals.isEmpty()) {
      steps.add(new Step(ABOUT, null, "nobody else has the address"));
    }
    return steps;
  }

  private void ofContact(List<Rival> sharing, List<Step> steps) {
    Optional<Rival> winner = sharing.stream().filter(Rival::contactWinner).findFirst();
    if (winner.isEmpty()) {
      return;
    }
    Rival first = winner.get();
    if (!first.key().equals(member)) {
      say(
          steps,
          null,
          "%s has the same address, and the contact carries their data: ahead %s",
          first.shown(),
          first.aheadBy(mine(sharing, first), rules));
      return;
    }
    others(sharing)
        .values()
        .forEach(
            other ->
                say(
                    steps,
                    null,
                    "%s has the same address; the contact carries this member's data: ahead %s",
                    other.shown(),
                    first.aheadBy(other, rules)));
  }

  private Map<String, Rival> others(List<Rival> sharing) {
    Map<String, Rival> others = new LinkedHashMap<>();
    sharing.stream()
        .filter(rival -> !rival.key().equals(member))
        .forEach(rival -> others.putIfAbsent(rival.key(), rival));
    return others;
  }

  /** In each group its best-ranked member stands for the address. */
  private void ofGroups(List<Rival> sharing, List<Step> steps) {
    for (Rival mine : sharing) {
      if (mine.key().equals(member) && !mine.groupWinner()) {
        find(sharing, r -> r.group().equals(mine.group()) && r.groupWinner())
            .ifPresent(
                winner ->
                    say(
                        steps,
                        mine.group(),
                        "%s stands for the address in this group: ahead %s",
                        winner.shown(),
                        winner.aheadBy(mine, rules)));
      }
    }
  }

  private Rival mine(List<Rival> sharing, Rival winner) {
    return find(sharing, r -> r.key().equals(member) && r.group().equals(winner.group()))
        .or(() -> find(sharing, r -> r.key().equals(member)))
        .orElseThrow();
  }

  private static Optional<Rival> find(List<Rival> sharing, Predicate<Rival> which) {
    return sharing.stream().filter(which).findFirst();
  }

  private static void say(
      List<Step> steps,
      @org.jspecify.annotations.Nullable String group,
      String text,
      String... words) {
    steps.add(new Step(ABOUT, group, text.formatted((Object[]) words)));
  }
}
