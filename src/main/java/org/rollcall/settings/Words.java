package org.rollcall.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Settings that are lists of words, each of which stands there once. */
final class Words {
  private static final List<String> CRITERIA =
      List.of("role", "family-tree", "sign-in", "name", "key");
  private static final List<String> ROLES =
      List.of("primary_contact", "billing_contact", "management", "member", "company");
  private static final List<String> CONDITIONS =
      List.of("enabled", "active", "membership", "reachable");
  private static final String ANY = "any";

  /** What somebody might want to switch off, and cannot. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "opt-out", "who opted out is never synchronised, whatever stands here",
          "address", "without a valid address nobody is synchronised, whatever stands here",
          "group", "which groups synchronise is said by groups");

  static final ValueType<List<String>> WINNER_ORDER =
      new ValueType<>("list", ticked(CRITERIA), Words::winnerOrder);
  static final ValueType<List<String>> WINNER_ROLES =
      new ValueType<>("list", "each of " + ticked(ROLES), Words::winnerRoles);
  static final ValueType<Set<String>> ELIGIBLE =
      new ValueType<>("list", ticked(CONDITIONS) + ", or `any` alone", Words::eligible);
  static final ValueType<SharedName> SHARED_NAME =
      new ValueType<>("name rule", "`winner`, `combine`", Words::sharedName);

  private Words() {}

  private static List<String> winnerOrder(String text) throws Refusal {
    List<String> words = known(text, CRITERIA, "a rule to find a winner by");
    int key = words.indexOf("key");
    if (key >= 0 && key < words.size() - 1) {
      throw new Refusal(
          Types.quote(words.get(key + 1))
              + " stands behind \"key\", where nothing is left to decide",
          "put key last, or leave it out: it always decides last");
    }
    return words;
  }

  private static List<String> winnerRoles(String text) throws Refusal {
    List<String> words = known(text, ROLES, "a role");
    List<String> missing = ROLES.stream().filter(role -> !words.contains(role)).toList();
    if (!missing.isEmpty()) {
      throw new Refusal(
          String.join(" and ", missing.stream().map(Types::quote).toList())
              + (missing.size() == 1 ? " is missing" : " are missing"),
          "name every role once, the one that wins first: " + String.join(",", ROLES));
    }
    return words;
  }

  private static Set<String> eligible(String text) throws Refusal {
    List<String> words = split(text);
    if (words.equals(List.of(ANY))) {
      return Set.of();
    }
    for (String word : words) {
      String why = ALWAYS.get(word);
      if (why != null) {
        throw new Refusal(Types.quote(word) + " cannot be chosen: " + why, "leave it out");
      }
    }
    return Collections.unmodifiableSet(
        new LinkedHashSet<>(known(text, CONDITIONS, "a condition for members")));
  }

  private static SharedName sharedName(String text) throws Refusal {
    for (SharedName rule : SharedName.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).equals(text)) {
        return rule;
      }
    }
    throw new Refusal(Types.quote(text) + " is not a name rule", "use winner or combine");
  }

  private static List<String> known(String text, List<String> allowed, String what) throws Refusal {
    List<String> words = split(text);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!allowed.contains(word)) {
        throw new Refusal(
            Types.quote(word) + " is not " + what, "use " + Types.alternatives(allowed));
      }
      if (words.indexOf(word) < i) {
        throw new Refusal(Types.quote(word) + " stands there twice", "name each once");
      }
    }
    if (words.isEmpty()) {
      throw new Refusal(Types.quote(text) + " names nothing", "use " + Types.alternatives(allowed));
    }
    return words;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static String ticked(List<String> words) {
    return String.join(", ", words.stream().map(word -> '`' + word + '`').toList());
  }
}
