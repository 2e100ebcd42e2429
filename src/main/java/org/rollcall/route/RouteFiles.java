package org.rollcall.route;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rollcall.settings.Problem;

/**
 * The route files and Kamelets in force: those of the home, and the shipped ones that no file of
 * the same name in the home replaces.
 *
 * @param routes sorted, the home's first
 * @param kamelets sorted, the home's first
 */
public record RouteFiles(Path home, Path installation, List<Path> routes, List<Path> kamelets) {
  private static final String KAMELET = ".kamelet.yaml";
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file).thenComparing(Problem::line);

  public static RouteFiles resolve(Path home, Path installation) {
    Path ours = home.toAbsolutePath().normalize();
    Path shipped = installation.toAbsolutePath().normalize();
    return new RouteFiles(
        ours,
        shipped,
        inForce(ours, shipped, "routes", RouteFiles::isRoute),
        inForce(ours, shipped, "kamelets", name -> name.endsWith(KAMELET)));
  }

  private static boolean isRoute(String name) {
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.endsWith(KAMELET);
  }

  private static List<Path> inForce(
      Path home, Path installation, String folder, Predicate<String> wanted) {
    List<Path> files = new ArrayList<>(files(home.resolve(folder), wanted));
    if (!home.equals(installation)) {
      Set<Path> replaced = new HashSet<>();
      files.forEach(file -> replaced.add(file.getFileName()));
      files(installation.resolve(folder), wanted).stream()
          .filter(file -> !replaced.contains(file.getFileName()))
          .forEach(files::add);
    }
    return List.copyOf(files);
  }

  private static List<Path> files(Path folder, Predicate<String> wanted) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> wanted.test(file.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder.getFileName(), e);
    }
  }

  /** For {@code camel.main.routesIncludePattern}. */
  public String routesIncludePattern() {
    return routes.stream().map(file -> "file:" + file).collect(joining(","));
  }

  /** For {@code camel.component.kamelet.location}: the folders, the home's first. */
  public String kameletLocation() {
    Set<String> folders = new LinkedHashSet<>();
    kamelets.forEach(file -> folders.add("file:" + file.getParent()));
    folders.add("classpath:kamelets");
    return String.join(",", folders);
  }

  /**
   * Everything that is wrong with the files, without starting a route or writing anything. Each
   * route is loaded by itself, so that one fault does not hide another.
   */
  public List<Problem> check(Surroundings surroundings) {
    List<RouteFile> read = read(routes);
    List<RouteFile> actions = read(kamelets);
    Set<Problem> problems = new LinkedHashSet<>();
    Stream.of(actions, read)
        .flatMap(Collection::stream)
        .map(RouteFile::syntax)
        .flatMap(Optional::stream)
        .forEach(problems::add);
    problems.addAll(new RouteNames(read).problems());
    List<Kamelet> known = actions.stream().flatMap(file -> Kamelet.of(file).stream()).toList();
    known.forEach(kamelet -> problems.addAll(kamelet.problems()));
    try (DryLoad load = new DryLoad(this, surroundings, read, actions)) {
      problems.addAll(new EndpointCheck(read, actions, known, surroundings, load).problems());
      problems.addAll(load.problems());
    }
    return problems.stream().sorted(ORDER).toList();
  }

  private List<RouteFile> read(List<Path> files) {
    return files.stream().map(file -> RouteFile.read(file, shown(file))).toList();
  }

  private String shown(Path file) {
    Path base = file.startsWith(home) ? home : installation;
    return base.relativize(file).toString().replace('\\', '/');
  }
}
