package org.rollcall.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the numbers of {@link Counts} count, in words for people. */
public final class CountWords {
  private static final Map<String, Noun> NOUNS = nouns();

  private record Noun(String one, String many) {}

  private CountWords() {}

  private static Map<String, Noun> nouns() {
    Map<String, Noun> nouns = new LinkedHashMap<>();
    nouns.put("createContact", new Noun("new contact", "new contacts"));
    nouns.put("updateContact", new Noun("contact update", "contact updates"));
    nouns.put("changeAddress", new Noun("address change", "address changes"));
    nouns.put("addToList", new Noun("addition to a list", "additions to lists"));
    nouns.put("removeFromList", new Noun("removal from a list", "removals from lists"));
    nouns.put("resubscribe", new Noun("request to come back", "requests to come back"));
    nouns.put("failed", always("failed"));
    nouns.put("held", always("held"));
    nouns.put("unchanged", always("unchanged"));
    nouns.put("createList", new Noun("new list", "new lists"));
    nouns.put(
        "adoptList", new Noun("list of the same name adopted", "lists of the same name adopted"));
    nouns.put(
        "adoptContact",
        new Noun("contact adopted that was there", "contacts adopted that were there"));
    nouns.put(
        "adoptDiffering",
        new Noun(
            "of them with another name than the source's",
            "of them with other names than the source's"));
    nouns.put(
        "adoptMembership",
        new Noun("membership adopted that was there", "memberships adopted that were there"));
    nouns.put("unsubscribed", always("unsubscribed at the provider, left so"));
    nouns.put(
        "foreignContact",
        new Noun("contact of nobody here, left alone", "contacts of nobody here, left alone"));
    nouns.put(
        "notFound", new Noun("member not found on its list", "members not found on their list"));
    nouns.put("campaigns", new Noun("campaign with news", "campaigns with news"));
    nouns.put("activities", new Noun("new activity", "new activities"));
    nouns.put("optOuts", new Noun("of them an opt-out", "of them opt-outs"));
    return nouns;
  }

  private static Noun always(String words) {
    return new Noun(words, words);
  }

  /** The names of the counts there are words for, the weightiest first. */
  public static Set<String> names() {
    return NOUNS.keySet();
  }

  /**
   * What so many of it are called.
   *
   * @param name as in {@link Counts}
   * @throws IllegalArgumentException when there are no words for it
   */
  public static String of(String name, long number) {
    Noun noun = NOUNS.get(name);
    if (noun == null) {
      throw new IllegalArgumentException("no words for the count " + name);
    }
    return number == 1 ? noun.one : noun.many;
  }
}
