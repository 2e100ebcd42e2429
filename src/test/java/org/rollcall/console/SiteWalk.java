package org.rollcall.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rollcall.web.Site;
import org.rollcall.web.Words;

/**
 * Every page and action there is, with values for the parts of its path, so that tests meet pages
 * that nobody named to them. A part without a value here gets one that leads nowhere: the page is
 * still asked for, and has to say so properly.
 */
final class SiteWalk {
  private static final Pattern PART = Pattern.compile(":([A-Za-z]+)");

  private final List<Site.Entry> entries;
  private final Map<String, List<String>> values = new TreeMap<>();

  SiteWalk(List<Site.Entry> entries) {
    this.entries = entries;
  }

  /** For a part of paths, such as {@code sync} for {@code :sync}; several mean one page each. */
  SiteWalk with(String part, List<String> texts) {
    values.put(part, texts);
    return this;
  }

  /** Pages and actions for people; what machines ask for has its own way in. */
  Stream<Site.Entry> entries() {
    return entries.stream().filter(entry -> !entry.path().startsWith("/api"));
  }

  /** Pages, each with all the values its path can have. */
  Stream<String> pages() {
    return shown().flatMap(entry -> paths(entry).stream());
  }

  /** Of each kind of page the first. */
  Stream<String> kinds() {
    return shown().map(this::path);
  }

  private Stream<Site.Entry> shown() {
    return entries().filter(entry -> entry.method().equals("GET") && entry.role() != null);
  }

  /** The path of an entry with the first of all values. */
  String path(Site.Entry entry) {
    return paths(entry).get(0);
  }

  private List<String> paths(Site.Entry entry) {
    int most =
        parts(entry)
            .map(part -> values.getOrDefault(part, List.of("1")).size())
            .max(Integer::compare)
            .orElse(1);
    return Stream.iterate(0, i -> i + 1).limit(most).map(i -> filled(entry, i)).toList();
  }

  private static Stream<String> parts(Site.Entry entry) {
    return PART.matcher(entry.path()).results().map(match -> match.group(1));
  }

  private String filled(Site.Entry entry, int number) {
    return PART.matcher(entry.path()).replaceAll(match -> value(match, number));
  }

  private String value(MatchResult match, int number) {
    List<String> texts = values.getOrDefault(match.group(1), List.of("1"));
    return Words.inUrl(texts.get(number % texts.size()));
  }

  /** For the name of a picture. */
  static String plain(String path) {
    return Optional.of(path.replaceAll("%[0-9A-Fa-f]{2}|[^A-Za-z0-9]+", "-"))
        .map(name -> name.substring(0, Math.min(90, name.length())))
        .orElseThrow();
  }
}
