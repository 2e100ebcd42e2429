package org.rollcall.route;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Problem;

/** What Camel does not mind when it loads routes, though it cannot work. */
final class EndpointCheck {
  private static final Set<String> IN_MEMORY = Set.of("direct", "seda");

  private static final String RESOURCE = "resource:file:";

  private final List<EndpointUse> uses;
  private final Map<String, Kamelet> kamelets = new HashMap<>();
  private final Surroundings surroundings;
  private final DryLoad load;

  EndpointCheck(
      List<RouteFile> routes,
      List<RouteFile> actions,
      List<Kamelet> kamelets,
      Surroundings surroundings,
      DryLoad load) {
    this.surroundings = surroundings;
    this.load = load;
    kamelets.forEach(kamelet -> this.kamelets.put(kamelet.name(), kamelet));
    uses =
        Stream.concat(routes.stream(), actions.stream())
            .flatMap(file -> EndpointUses.in(file).stream())
            .map(use -> use.resolved(load::resolve))
            .toList();
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Set<String> heard = consumers();
    for (EndpointUse use : uses) {
      checkTarget(use, heard, problems);
      checkTimeZone(use, problems);
      use.options().values().forEach(option -> checkFile(use, option, problems));
      Kamelet kamelet = use.scheme().equals("kamelet") ? kamelet(use) : null;
      if (kamelet != null) {
        problems.addAll(kamelet.problems(use));
        checkSource(use, problems);
      }
    }
    surroundings.required().forEach((target, key) -> checkRequired(target, key, heard, problems));
    return problems;
  }

  /** {@code kamelet:name/id} gives the use an id of its own. */
  private @Nullable Kamelet kamelet(EndpointUse use) {
    return kamelets.get(use.name().replaceFirst("/.*", ""));
  }

  private Set<String> consumers() {
    Set<String> consumers = new HashSet<>(surroundings.consumers());
    uses.stream().filter(EndpointUse::consumer).map(EndpointUse::target).forEach(consumers::add);
    return consumers;
  }

  private void checkTarget(EndpointUse use, Set<String> heard, List<Problem> problems) {
    String target = use.target();
    if (IN_MEMORY.contains(use.scheme()) && known(target) && !heard.contains(target)) {
      problems.add(
          problem(
              use,
              use.line(),
              "no route listens to " + target,
              "correct the name, or write a route that begins there"));
    }
  }

  private static void checkRequired(
      String target, String key, Set<String> heard, List<Problem> problems) {
    int options = target.indexOf('?');
    String plain = options < 0 ? target : target.substring(0, options);
    if (IN_MEMORY.contains(plain.replaceFirst(":.*", "")) && !heard.contains(plain)) {
      problems.add(
          new Problem(
              "config/application.properties",
              0,
              key,
              "no route listens to " + plain,
              "correct the name, or write a route under routes/ that begins there"));
    }
  }

  /** A Kamelet may look for its source only when it runs. */
  private void checkSource(EndpointUse use, List<Problem> problems) {
    EndpointUse.Option source = use.options().get("dataSource");
    if (source != null && known(source.text()) && !load.hasSource(source.text())) {
      problems.add(
          problem(
              use,
              source.line(),
              "there is no source \"" + source.text() + "\"",
              "correct the name, or define rollcall.sources." + source.text() + ".url"));
    }
  }

  private static void checkFile(
      EndpointUse use, EndpointUse.Option option, List<Problem> problems) {
    String text = option.text();
    if (text.startsWith(RESOURCE) && known(text)) {
      Path file = Path.of(text.substring(RESOURCE.length()));
      if (!Files.isReadable(file)) {
        problems.add(
            problem(
                use, option.line(), "there is no file " + file, "correct the path, or write it"));
      }
    }
  }

  /** Whether no placeholder or expression is left in the text. */
  private static boolean known(String text) {
    return !text.contains("{{") && !text.contains("${");
  }

  /** Java takes an unknown zone for GMT without a word. */
  private static void checkTimeZone(EndpointUse use, List<Problem> problems) {
    EndpointUse.Option zone = use.options().get("trigger.timeZone");
    if (zone == null || !use.scheme().equals("quartz") || !known(zone.text())) {
      return;
    }
    try {
      ZoneId.of(zone.text());
    } catch (DateTimeException e) {
      problems.add(
          problem(
              use,
              zone.line(),
              "\"" + zone.text() + "\" is not a time zone",
              "use a name such as America/Chicago"));
    }
  }

  private static Problem problem(EndpointUse use, int line, String what, String remedy) {
    return new Problem(use.file().shown(), line, use.routeId(), what, remedy);
  }
}
