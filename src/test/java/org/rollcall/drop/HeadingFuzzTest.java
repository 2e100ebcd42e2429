package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.member.Column;
import org.rollcall.member.Columns;

/**
 * Random and mutated headers, for as long as {@code -Drollcall.fuzz} says (such as 10m; 3 s without
 * it). {@code -Drollcall.seed} lives one case again.
 */
class HeadingFuzzTest {
  private static final String[] ODD = {
    "",
    " ",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "-",
    "not ",
    "not",
    "=",
    "#",
    "\u0000",
    "\ud83d",
    "\ud83d\ude00",
    "\u212a",
    "\u0130",
    "\u0131",
    "\u00df",
    "e\u0301",
    "\u202e",
    ".",
    "_",
    "  ",
    "\n",
    "$",
    "\\",
    "%s",
    "(",
    "["
  };

  private static final List<String> SPELLINGS = spellings();

  private static List<String> spellings() {
    List<String> spellings =
        new ArrayList<>(HeadingCatalogue.get().entries().keySet().stream().sorted().toList());
    for (Column column : Column.values()) {
      spellings.add(column.label());
    }
    return spellings;
  }

  @Test
  void no_header_crashes_the_mapper_or_means_one_thing_twice() {
    String seed = System.getProperty("rollcall.seed");
    if (seed != null) {
      live(Long.parseLong(seed));
      return;
    }
    long end = System.nanoTime() + time().toNanos();
    long first = System.nanoTime();
    long count = 0;
    while (System.nanoTime() < end) {
      live(first + count++);
    }
    System.out.println("HeadingFuzzTest: " + count + " headers, seeds from " + first);
  }

  private static Duration time() {
    String given = System.getProperty("rollcall.fuzz", "3s");
    return Duration.parse("PT" + given.toUpperCase(java.util.Locale.ROOT));
  }

  private static void live(long seed) {
    try {
      check(new Random(seed));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      throw new AssertionError("-Drollcall.seed=" + seed, e);
    }
  }

  private static void check(Random random) {
    List<String> header = header(random);
    List<String> before = random.nextInt(3) == 0 ? header(random) : changed(random, header);
    HeadingRules rules =
        new HeadingRules(
            "d", declared(random, header), random.nextBoolean(), random.nextInt(4) == 0);
    List<String> past = random.nextBoolean() ? List.of() : before;

    HeadingMapping mapping = HeadingMapper.map(header, rules, past);

    assertThat(HeadingMapper.map(header, rules, past)).isEqualTo(mapping);
    mapping.problems().forEach(HeadingFuzzTest::assertSaid);
    assertThat(mapping.notes()).allMatch(note -> !note.isBlank());
    if (mapping.problems().isEmpty()) {
      assertThat(mapping.meanings()).hasSameSizeAs(header);
      assertMeansEachThingOnce(mapping, rules);
      assertUnknownIsNamed(header, rules, mapping);
    }
  }

  private static void assertSaid(HeadingProblem problem) {
    assertThat(problem.what()).isNotBlank();
    assertThat(problem.remedy()).isNotBlank();
    assertThat(problem.what() + problem.remedy()).doesNotContain("\u0000", "\n");
  }

  private static void assertMeansEachThingOnce(HeadingMapping mapping, HeadingRules rules) {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (HeadingMeaning meaning : mapping.meanings()) {
      String name = HeadingMapper.name(meaning);
      assertThat(name.isEmpty()).isEqualTo(meaning instanceof HeadingMeaning.LeftOut);
      if (!name.isEmpty()) {
        assertThat(seen.add(name)).as(name).isTrue();
        names.add(name);
      }
    }
    if (rules.keyIsEmail()) {
      names.add("member_key");
    }
    assertThat(Columns.of(names).count()).isEqualTo(names.size());
  }

  /** What is left out though somebody gave it a name that nobody knows is told, if only counted. */
  private static void assertUnknownIsNamed(
      List<String> header, HeadingRules rules, HeadingMapping mapping) {
    Set<String> declared = new HashSet<>();
    rules.declared().keySet().forEach(name -> declared.add(HeadingText.folded(name)));
    int unknown = 0;
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      boolean known =
          declared.contains(HeadingText.folded(name))
              || HeadingCatalogue.get().find(name).isPresent()
              || HeadingCatalogue.contract(name).isPresent();
      boolean out = mapping.meanings().get(i) instanceof HeadingMeaning.LeftOut;
      if (out && !known && !HeadingText.folded(name).isEmpty() && unknown++ < 12) {
        String quoted = HeadingText.quoted(name);
        assertThat(mapping.notes()).as(quoted).anyMatch(note -> note.contains(quoted));
      }
    }
  }

  private static List<String> header(Random random) {
    List<String> header = new ArrayList<>();
    int count = random.nextInt(random.nextInt(20) == 0 ? 60 : 12);
    for (int i = 0; i < count; i++) {
      header.add(heading(random, header));
    }
    if (random.nextInt(3) > 0) {
      header.add(random.nextInt(header.size() + 1), "Member ID");
    }
    return header;
  }

  private static String heading(Random random, List<String> header) {
    return switch (random.nextInt(8)) {
      case 0 -> ODD[random.nextInt(ODD.length)];
      case 1 -> header.isEmpty() ? "" : mutated(random, header.get(random.nextInt(header.size())));
      case 2 -> letters(random);
      case 3 -> mutated(random, spelling(random));
      default -> spelling(random);
    };
  }

  private static String spelling(Random random) {
    return SPELLINGS.get(random.nextInt(SPELLINGS.size()));
  }

  private static String letters(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextInt(50) == 0 ? 2_000 : 10);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
    }
    return text.toString();
  }

  private static String mutated(Random random, String text) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + ODD[random.nextInt(ODD.length)] + text.substring(at);
      case 1 -> text.toUpperCase(java.util.Locale.ROOT);
      case 2 -> text.substring(0, at);
      case 3 -> text.substring(at);
      case 4 -> text + " 2";
      default -> " " + text.replace(' ', '\u00a0') + "\u200b";
    };
  }

  private static List<String> changed(Random random, List<String> header) {
    List<String> changed = new ArrayList<>(header);
    for (int i = random.nextInt(4); i > 0 && !changed.isEmpty(); i--) {
      int at = random.nextInt(changed.size());
      switch (random.nextInt(4)) {
        case 0 -> changed.remove(at);
        case 1 -> changed.add(at, heading(random, header));
        case 2 -> changed.set(at, heading(random, header));
        default -> changed.add(changed.remove(at));
      }
    }
    return changed;
  }

  private static Map<String, String> declared(Random random, List<String> header) {
    Map<String, String> declared = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name =
          header.isEmpty() || random.nextInt(4) == 0
              ? heading(random, header)
              : header.get(random.nextInt(header.size()));
      declared.put(random.nextInt(4) == 0 ? mutated(random, name) : name, target(random));
    }
    return declared;
  }

  private static String target(Random random) {
    String column = Column.values()[random.nextInt(Column.values().length)].label();
    return switch (random.nextInt(6)) {
      case 0 -> "-";
      case 1 -> "not " + column;
      case 2 -> letters(random);
      case 3 -> ODD[random.nextInt(ODD.length)];
      default -> column;
    };
  }
}
