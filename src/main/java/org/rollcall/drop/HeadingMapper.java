package org.rollcall.drop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rollcall.drop.HeadingCatalogue.Entry;
import org.rollcall.drop.HeadingMeaning.Contract;
import org.rollcall.drop.HeadingMeaning.Custom;
import org.rollcall.member.Column;

/**
 * Finds out what the columns of one file are. Declared names come first, then the names of the row
 * contract, then the catalogue of usual spellings; nothing is taken for what it merely resembles.
 */
final class HeadingMapper {
  private static final int NAMED = 12;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@]@[^\\s@]+\\.[^\\s@]");

  private final List<String> header;
  private final HeadingRules rules;
  private final HeadingCatalogue catalogue;
  private final Map<String, HeadingMeaning> declared = new LinkedHashMap<>();
  private final Map<String, String> spelledAs = new HashMap<>();
  private final List<HeadingMeaning> meanings = new ArrayList<>();
  private final List<HeadingProblem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Integer> unsure = new ArrayList<>();
  private final List<Integer> unknown = new ArrayList<>();
  private final boolean speaksContract;

  private HeadingMapper(List<String> header, HeadingRules rules, HeadingCatalogue catalogue) {
    this.header = header;
    this.rules = rules;
    this.catalogue = catalogue;
    this.speaksContract =
        header.stream().anyMatch(name -> HeadingText.folded(name).equals("member_key"));
  }

  /**
   * @param before the header of the last file that was taken, or empty
   */
  static HeadingMapping map(List<String> header, HeadingRules rules, List<String> before) {
    HeadingMapper mapper = new HeadingMapper(header, rules, HeadingCatalogue.get());
    if (header.stream().anyMatch(HeadingMapper::looksLikeData)) {
      return new HeadingMapping(
          List.of(),
          List.of(
              new HeadingProblem(
                  "the first row holds an e-mail address, so it is no header",
                  "a header with the names of the columns is expected")),
          List.of());
    }
    mapper.readDeclared();
    mapper.assign();
    mapper.settleKey();
    mapper.settleDoubles();
    mapper.tellMissing();
    new HeadingChanges(header, before, rules)
        .compare(mapper.meanings, mapper.notes, mapper.problems);
    mapper.tellLeftOut();
    return new HeadingMapping(
        List.copyOf(mapper.meanings), List.copyOf(mapper.problems), List.copyOf(mapper.notes));
  }

  private static boolean looksLikeData(String heading) {
    return ADDRESS.matcher(heading).find();
  }

  private void readDeclared() {
    rules
        .declared()
        .forEach(
            (heading, target) -> {
              String folded = HeadingText.folded(heading);
              String other = spelledAs.putIfAbsent(folded, heading);
              if (other != null) {
                problems.add(
                    new HeadingProblem(
                        "the column " + HeadingText.quoted(heading) + " is declared twice",
                        "keep one of the two settings"));
              }
              declared.put(folded, declaredMeaning(heading, target.strip()));
            });
  }

  private HeadingMeaning declaredMeaning(String heading, String target) {
    if (target.equals("-")) {
      return HeadingMeaning.LEFT_OUT;
    }
    boolean opposite = target.toLowerCase(Locale.ROOT).startsWith("not ");
    String name = opposite ? target.substring(4).strip() : target;
    Optional<Column> column =
        HeadingCatalogue.contract(name).filter(found -> name.equalsIgnoreCase(found.label()));
    if (opposite && column.filter(Column::isFlag).isEmpty()) {
      problems.add(
          new HeadingProblem(
              rules.setting(heading, target) + " says nothing",
              "not stands before enabled, marketing_opt_out or has_login"));
      return HeadingMeaning.LEFT_OUT;
    }
    return column
        .<HeadingMeaning>map(found -> new Contract(found, opposite))
        .orElseGet(() -> custom(name));
  }

  private static HeadingMeaning custom(String name) {
    String plain = HeadingText.plain(name);
    return plain.isEmpty() ? HeadingMeaning.LEFT_OUT : new Custom(plain);
  }

  private void assign() {
    for (int i = 0; i < header.size(); i++) {
      meanings.add(meaning(i));
    }
  }

  private HeadingMeaning meaning(int index) {
    String heading = header.get(index);
    String folded = HeadingText.folded(heading);
    if (folded.isEmpty()) {
      return HeadingMeaning.LEFT_OUT;
    }
    HeadingMeaning given = declared.get(folded);
    if (given != null) {
      return given;
    }
    Optional<Entry> entry = catalogue.find(heading);
    Optional<Column> contract = HeadingCatalogue.contract(heading);
    if (contract.isPresent() && (speaksContract || entry.isEmpty() || isKnown(entry.get()))) {
      return HeadingMeaning.of(contract.get());
    }
    if (entry.isPresent()) {
      return recognised(index, entry.get());
    }
    unknown.add(index);
    return rules.othersAreCustom() ? custom(heading) : HeadingMeaning.LEFT_OUT;
  }

  private static boolean isKnown(Entry entry) {
    return entry instanceof Entry.Known;
  }

  private HeadingMeaning recognised(int index, Entry entry) {
    if (entry instanceof Entry.Known known) {
      return known.meaning();
    }
    unsure.add(index);
    if (entry instanceof Entry.Unsure candidate && candidate.decides()) {
      String heading = header.get(index);
      problems.add(
          new HeadingProblem(
              "the column "
                  + HeadingText.quoted(heading)
                  + " may decide who gets mail, and its"
                  + " name does not say how",
              "write " + choices(heading, candidate.candidates())));
    }
    return HeadingMeaning.LEFT_OUT;
  }

  /** The settings that would say what a column is, and the one that leaves it out. */
  private String choices(String heading, List<Column> candidates) {
    return candidates.stream()
            .map(
                column ->
                    rules.setting(heading, column.label())
                        + (column == Column.MARKETING_OPT_OUT ? " (or not marketing_opt_out)" : ""))
            .collect(Collectors.joining(", or "))
        + ", or "
        + rules.setting(heading, "-")
        + " to leave it out";
  }

  /** Files without a key of their own may have the address stand for it. */
  private void settleKey() {
    if (rules.keyIsEmail()) {
      for (int i = 0; i < meanings.size(); i++) {
        if (is(i, Column.MEMBER_KEY)) {
          meanings.set(i, HeadingMeaning.LEFT_OUT);
          notes.add(
              "The column "
                  + HeadingText.quoted(header.get(i))
                  + " is left out, because "
                  + rules.key("key")
                  + "=email.");
        }
      }
    }
    Column key = rules.keyIsEmail() ? Column.EMAIL : Column.MEMBER_KEY;
    if (firstOf(key) < 0) {
      problems.add(missingKey(key));
    }
  }

  private HeadingProblem missingKey(Column key) {
    List<String> candidates = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (meanings.get(i) instanceof HeadingMeaning.LeftOut && mayBe(header.get(i), key)) {
        candidates.add(rules.setting(header.get(i), key.label()));
      }
    }
    String remedy =
        candidates.isEmpty()
            ? "write " + rules.setting("HEADER", key.label()) + " with the name of the column"
            : "write "
                + candidates.stream().limit(3).collect(Collectors.joining(", or "))
                + " if it holds the "
                + (key == Column.EMAIL ? "address" : "key that never changes");
    boolean addressed = key == Column.MEMBER_KEY && firstOf(Column.EMAIL) >= 0;
    return new HeadingProblem(
        "no column is the " + key.label(),
        remedy + (addressed ? "; files without keys: " + rules.key("key") + "=email" : ""));
  }

  private boolean mayBe(String heading, Column key) {
    boolean unsureOfIt =
        catalogue
            .find(heading)
            .filter(e -> e instanceof Entry.Unsure u && u.candidates().contains(key))
            .isPresent();
    String words = " " + HeadingText.spelling(heading) + " ";
    return unsureOfIt
        || words.matches(
            key == Column.EMAIL
                ? ".*mail.*"
                : ".* (id|key|no|nr|number|num|nummer|guid|uuid|code) .*|.*(nummer|number) .*");
  }

  /** No two columns are the same; what is declared stands before what is merely recognised. */
  private void settleDoubles() {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int i = 0; i < meanings.size(); i++) {
      String name = name(meanings.get(i));
      if (!name.isEmpty()) {
        byName.computeIfAbsent(name, any -> new ArrayList<>()).add(i);
      }
    }
    byName.values().stream().filter(same -> same.size() > 1).forEach(this::settle);
    int group = firstOf(Column.GROUP);
    int groups = firstOf(Column.GROUPS);
    if (group >= 0 && groups >= 0) {
      refuseDouble(List.of(group, groups), "both hold groups");
    }
  }

  private void settle(List<Integer> same) {
    List<Integer> chosen =
        same.stream().filter(i -> declared.containsKey(HeadingText.folded(header.get(i)))).toList();
    if (chosen.size() == 1) {
      for (int i : same) {
        if (i != chosen.get(0)) {
          notes.add(
              "The column "
                  + HeadingText.quoted(header.get(i))
                  + " is left out, because "
                  + HeadingText.quoted(header.get(chosen.get(0)))
                  + " is declared to be "
                  + meanings.get(i)
                  + ".");
          meanings.set(i, HeadingMeaning.LEFT_OUT);
        }
      }
      return;
    }
    refuseDouble(same, "are all " + meanings.get(same.get(0)));
  }

  private void refuseDouble(List<Integer> same, String why) {
    String names =
        same.stream()
            .limit(NAMED)
            .map(i -> HeadingText.quoted(header.get(i)) + " (column " + (i + 1) + ")")
            .collect(Collectors.joining(", "));
    boolean oneName =
        same.stream().map(i -> HeadingText.folded(header.get(i))).distinct().count() == 1;
    problems.add(
        new HeadingProblem(
            "the columns " + names + " " + why,
            oneName
                ? "rename one of them in the file"
                : "leave one out: " + rules.setting(header.get(same.get(1)), "-")));
  }

  /** The name the row contract would know it by; empty when it is left out. */
  static String name(HeadingMeaning meaning) {
    if (meaning instanceof Contract contract) {
      return contract.column().label();
    }
    return meaning instanceof Custom custom ? custom.name().strip().toLowerCase(Locale.ROOT) : "";
  }

  private int firstOf(Column column) {
    for (int i = 0; i < meanings.size(); i++) {
      if (is(i, column)) {
        return i;
      }
    }
    return -1;
  }

  private boolean is(int index, Column column) {
    return meanings.get(index) instanceof Contract contract && contract.column() == column;
  }

  private void tellMissing() {
    List<String> there = header.stream().map(HeadingText::folded).toList();
    declared.forEach(
        (folded, meaning) -> {
          if (!there.contains(folded) && !(meaning instanceof HeadingMeaning.LeftOut)) {
            String heading = spelledAs.getOrDefault(folded, folded);
            problems.add(
                new HeadingProblem(
                    "there is no column "
                        + HeadingText.quoted(heading)
                        + ", which is declared to be "
                        + meaning,
                    HeadingNearest.to(heading, header)
                            .map(near -> "the nearest is " + HeadingText.quoted(near))
                            .orElse("the columns are " + names(header))
                        + "; correct the file, or the setting "
                        + rules.setting(heading, "...")));
          }
        });
  }

  private void tellLeftOut() {
    for (int i : unsure) {
      Entry entry = catalogue.find(header.get(i)).orElseThrow();
      if (entry instanceof Entry.Unsure open && !open.decides()) {
        tellUnsure(header.get(i), open.candidates());
      }
    }
    List<String> out =
        unknown.stream()
            .filter(i -> meanings.get(i) instanceof HeadingMeaning.LeftOut)
            .map(header::get)
            .toList();
    if (!out.isEmpty()) {
      notes.add("Columns that nobody mentions are left out: " + names(out) + ".");
    }
    long nameless = header.stream().filter(name -> HeadingText.folded(name).isEmpty()).count();
    if (nameless > 0) {
      notes.add(
          nameless == 1
              ? "One column has no name and is left out."
              : nameless + " columns have no name and are left out.");
    }
  }

  /** Not told when other columns are all that this one could be. */
  private void tellUnsure(String heading, List<Column> candidates) {
    List<Column> free = candidates.stream().filter(column -> firstOf(column) < 0).toList();
    if (!free.isEmpty()) {
      notes.add(
          "The column "
              + HeadingText.quoted(heading)
              + " is left out, because its name may mean several things; write "
              + choices(heading, free)
              + ".");
    }
  }

  private static String names(List<String> headings) {
    String named =
        headings.stream().limit(NAMED).map(HeadingText::quoted).collect(Collectors.joining(", "));
    int more = headings.size() - NAMED;
    return more > 0 ? named + " and " + more + " more" : named;
  }
}
