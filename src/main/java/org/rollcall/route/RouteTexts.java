package org.rollcall.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the files in force say at one time.
 *
 * @param routes by path
 * @param kamelets by name
 */
record RouteTexts(Map<Path, String> routes, Map<String, String> kamelets) {
  static RouteTexts of(RouteFiles files) {
    Map<Path, String> routes = new TreeMap<>();
    Map<String, String> kamelets = new TreeMap<>();
    files.routes().forEach(file -> routes.put(file, text(file)));
    files.kamelets().forEach(file -> kamelets.put(name(file), text(file)));
    return new RouteTexts(routes, kamelets);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file.getFileName(), e);
    }
  }

  private static String name(Path kamelet) {
    return kamelet.getFileName().toString().replace(".kamelet.yaml", "");
  }

  /**
   * Kamelets that say something else there, and all that use them. Who uses one only there says
   * something else itself.
   */
  Set<String> changedKamelets(RouteTexts other) {
    Set<String> changed = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(different(kamelets, other.kamelets));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (changed.add(name)) {
        open.addAll(users(kamelets, name));
      }
    }
    return changed;
  }

  /** Route files that say something else there, or use one of the Kamelets. */
  Set<Path> changedRoutes(RouteTexts other, Set<String> changedKamelets) {
    Set<Path> changed = new TreeSet<>(different(routes, other.routes));
    for (String kamelet : changedKamelets) {
      changed.addAll(users(routes, kamelet));
    }
    return changed;
  }

  private static <K> List<K> different(Map<K, String> one, Map<K, String> other) {
    return Stream.of(one, other)
        .flatMap(each -> each.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(one.get(key), other.get(key)))
        .toList();
  }

  /** A name in a comment counts as well: a route that is loaded once too often does no harm. */
  private static <K> Set<K> users(Map<K, String> texts, String kamelet) {
    return texts.entrySet().stream()
        .filter(entry -> entry.getValue().contains(kamelet))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
