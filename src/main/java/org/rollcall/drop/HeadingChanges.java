package org.rollcall.drop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rollcall.drop.HeadingMeaning.LeftOut;

/**
 * How the header differs from that of the last file that was taken. Other columns are told; one
 * that was read and is gone stops the file, for its values would vanish from every member.
 */
final class HeadingChanges {
  private static final int NAMED = 12;

  private final List<String> header;
  private final List<String> before;
  private final HeadingRules rules;

  HeadingChanges(List<String> header, List<String> before, HeadingRules rules) {
    this.header = header;
    this.before = before;
    this.rules = rules;
  }

  void compare(List<HeadingMeaning> meanings, List<String> notes, List<HeadingProblem> problems) {
    if (before.isEmpty()) {
      return;
    }
    List<String> now = header.stream().map(HeadingText::folded).toList();
    List<String> then = before.stream().map(HeadingText::folded).toList();
    List<Integer> gone = without(then, now);
    List<Integer> come = without(now, then);
    List<String> renamed = new ArrayList<>();
    for (int i : gone) {
      if (come.contains(i)) {
        renamed.add(
            HeadingText.quoted(before.get(i)) + " is now " + HeadingText.quoted(header.get(i)));
      }
    }
    tell(notes, "Since the last file columns have other names: ", renamed);
    tell(notes, "New since the last file: ", names(header, come, gone));
    tell(notes, "Gone since the last file: ", names(before, gone, come));
    tell(notes, "At another place than in the last file: ", moved(now, then));
    refuseGone(gone, meanings, problems);
  }

  private static List<Integer> without(List<String> names, List<String> others) {
    Set<String> known = new HashSet<>(others);
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).isEmpty() && !known.contains(names.get(i))) {
        indexes.add(i);
      }
    }
    return indexes;
  }

  private static List<String> names(
      List<String> header, List<Integer> indexes, List<Integer> renamed) {
    return indexes.stream()
        .filter(i -> !renamed.contains(i))
        .map(i -> HeadingText.quoted(header.get(i)))
        .toList();
  }

  /** Those in another order among the columns that both files have. */
  private List<String> moved(List<String> now, List<String> then) {
    List<String> bothThen = then.stream().filter(now::contains).toList();
    List<String> bothNow = now.stream().filter(then::contains).toList();
    List<String> moved = new ArrayList<>();
    for (int i = 0; i < Math.min(bothNow.size(), bothThen.size()); i++) {
      if (!bothNow.get(i).equals(bothThen.get(i))) {
        moved.add(HeadingText.quoted(header.get(now.indexOf(bothNow.get(i)))));
      }
    }
    return moved;
  }

  private static void tell(List<String> notes, String what, List<String> names) {
    if (!names.isEmpty()) {
      int more = names.size() - NAMED;
      notes.add(
          what
              + names.stream().limit(NAMED).collect(Collectors.joining(", "))
              + (more > 0 ? " and " + more + " more." : "."));
    }
  }

  private void refuseGone(
      List<Integer> gone, List<HeadingMeaning> meanings, List<HeadingProblem> problems) {
    if (gone.isEmpty()) {
      return;
    }
    Set<String> served = meanings.stream().map(HeadingMapper::name).collect(Collectors.toSet());
    List<HeadingMeaning> meantThen = HeadingMapper.map(before, rules, List.of()).meanings();
    for (int i : gone) {
      HeadingMeaning meaning = i < meantThen.size() ? meantThen.get(i) : HeadingMeaning.LEFT_OUT;
      if (!(meaning instanceof LeftOut)
          && !served.contains(HeadingMapper.name(meaning))
          && !rules.declared().containsKey(before.get(i))) {
        problems.add(
            new HeadingProblem(
                "the column "
                    + HeadingText.quoted(before.get(i))
                    + " of the last file, which was "
                    + meaning
                    + ", is missing",
                "put it back; if it has another name, write "
                    + rules.setting("HEADER", HeadingMapper.name(meaning))
                    + "; if it is to stay away, "
                    + rules.setting(before.get(i), "-")));
      }
    }
  }
}
