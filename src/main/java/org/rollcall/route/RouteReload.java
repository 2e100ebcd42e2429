package org.rollcall.route;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over changed route files and Kamelets while the service runs. All files are loaded in a
 * throw-away context first; with a fault in any of them the routes that run stay as they are. What
 * is replaced has no work in hand. Camel's own watcher stops the old routes before it knows whether
 * the new ones work.
 */
public final class RouteReload {
  private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);

  private final CamelContext camel;
  private final Supplier<RouteFiles> files;
  private final Function<RouteFiles, List<Problem>> check;
  private RouteTexts loaded;
  private @Nullable RouteTexts seen;
  private @Nullable RouteTexts settled;
  private volatile Status status = Status.IN_FORCE;

  /** How the files stand against what runs. */
  private record Status(String state, List<String> problems) {
    static final Status IN_FORCE = new Status("in force", List.of());
  }

  /**
   * @param camel with the routes of the files as they are now
   * @param files finds the files
   * @param check everything that is wrong with them
   */
  public RouteReload(
      CamelContext camel, Supplier<RouteFiles> files, Function<RouteFiles, List<Problem>> check) {
    this.camel = camel;
    this.files = files;
    this.check = check;
    this.loaded = RouteTexts.of(files.get());
  }

  /** Whether the files are in force, and if not, why. */
  public Map<String, Object> health() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("state", status.state());
    if (!status.problems().isEmpty()) {
      shown.put("problems", status.problems());
    }
    return shown;
  }

  /** Looks for changes; called by a route again and again. */
  public synchronized void look() {
    try {
      RouteFiles present = files.get();
      RouteTexts now = RouteTexts.of(present);
      boolean still = now.equals(seen);
      seen = now;
      if (now.equals(loaded)) {
        wellAgain();
      } else if (still && !now.equals(settled)) {
        take(present, now);
      }
    } catch (RuntimeException e) {
      LOG.warn("the route files cannot be looked at: {}", e.getMessage());
      LOG.debug("route files", e);
    }
  }

  /** A file that was put back as it was. */
  private void wellAgain() {
    if (!status.equals(Status.IN_FORCE)) {
      LOG.info("the route files are again as they run");
    }
    settled = null;
    status = Status.IN_FORCE;
  }

  private void take(RouteFiles present, RouteTexts now) {
    List<String> problems = check.apply(present).stream().map(Problem::toString).toList();
    if (!problems.isEmpty()) {
      refuse(now, "refused", problems);
      return;
    }
    Set<String> kamelets = loaded.changedKamelets(now);
    Set<Path> routes = loaded.changedRoutes(now, kamelets);
    List<String> fixed =
        routes.stream().filter(file -> isFixed(file, now)).map(this::fixed).distinct().toList();
    if (!fixed.isEmpty()) {
      refuse(now, "restart needed", fixed);
    } else if (isBusy(routes)) {
      wait(routes);
    } else {
      replace(present, now, kamelets, routes);
    }
  }

  private void refuse(RouteTexts now, String state, List<String> problems) {
    settled = now;
    status = new Status(state, problems);
    problems.forEach(problem -> LOG.error("route files, {}: {}", state, problem));
    LOG.error("the routes that run stay as they are");
  }

  /** Templates, error handling and beans are used all over; only routes can be replaced alone. */
  private boolean isFixed(Path file, RouteTexts now) {
    return hasMoreThanRoutes(file, loaded.routes().get(file))
        || hasMoreThanRoutes(file, now.routes().get(file));
  }

  private static boolean hasMoreThanRoutes(Path file, @Nullable String text) {
    return text != null
        && RouteFile.parse(file, "", text).items().stream().anyMatch(item -> !item.isRoute());
  }

  private String fixed(Path file) {
    return file.getFileName()
        + ": holds more than routes, or uses a Kamelet that changed in a template; it is taken over"
        + " with the next start";
  }

  private boolean isBusy(Set<Path> routes) {
    return ids(routes).stream().anyMatch(id -> camel.getInflightRepository().size(id) > 0);
  }

  private void wait(Set<Path> routes) {
    if (!status.state().equals("waiting")) {
      LOG.info("changed routes are taken over when their work in hand is done: {}", ids(routes));
    }
    status = new Status("waiting", List.of());
  }

  private List<String> ids(Set<Path> files) {
    return camel.getRoutes().stream()
        .filter(route -> files.stream().anyMatch(file -> isFrom(route, file)))
        .map(Route::getRouteId)
        .toList();
  }

  private static boolean isFrom(Route route, Path file) {
    return route.getSourceResource() != null
        && route.getSourceResource().getLocation().equals(location(file));
  }

  private static String location(Path file) {
    return "file:" + file;
  }

  private void replace(RouteFiles present, RouteTexts now, Set<String> kamelets, Set<Path> routes) {
    camel.getComponent("kamelet", KameletComponent.class).setLocation(present.kameletLocation());
    try {
      remove(kamelets, routes);
      load(routes, now);
      loaded = now;
      settled = null;
      status = Status.IN_FORCE;
      LOG.info("route files are taken over: {}", names(kamelets, routes));
    } catch (Exception e) {
      restore(now, kamelets, routes, e);
    }
  }

  private static List<String> names(Set<String> kamelets, Set<Path> routes) {
    List<String> names = new ArrayList<>();
    routes.forEach(file -> names.add(file.getFileName().toString()));
    kamelets.forEach(name -> names.add(name + ".kamelet.yaml"));
    return names;
  }

  /** What loads in a throw-away context may still not start, such as with a port in use. */
  private void restore(RouteTexts now, Set<String> kamelets, Set<Path> routes, Exception why) {
    try {
      remove(kamelets, routes);
      for (String kamelet : kamelets) {
        String text = loaded.kamelets().get(kamelet);
        if (text != null) {
          load("memory:" + kamelet + ".kamelet.yaml", text);
        }
      }
      load(routes, loaded);
      refuse(now, "refused", List.of("the routes do not start: " + why.getMessage()));
    } catch (Exception e) {
      refuse(
          now,
          "refused",
          List.of(
              "the routes do not start: " + why.getMessage(),
              "nor do the ones from before: " + e.getMessage() + "; start the service again"));
    }
  }

  private void load(Set<Path> routes, RouteTexts texts) throws Exception {
    for (Path file : new TreeSet<>(routes)) {
      String text = texts.routes().get(file);
      if (text != null) {
        load(location(file), text);
      }
    }
  }

  private void load(String location, String text) throws Exception {
    PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(location, text));
  }

  private void remove(Set<String> kamelets, Set<Path> routes) throws Exception {
    for (String id : ids(routes)) {
      remove(id);
    }
    for (Endpoint endpoint : List.copyOf(camel.getEndpoints())) {
      if (endpoint instanceof KameletEndpoint used && kamelets.contains(used.getTemplateId())) {
        remove(used.getRouteId());
        camel.removeEndpoint(used);
      }
    }
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    for (String kamelet : kamelets) {
      RouteTemplateDefinition template = model.getRouteTemplateDefinition(kamelet);
      if (template != null) {
        model.removeRouteTemplateDefinition(template);
      }
    }
  }

  private void remove(String id) throws Exception {
    if (camel.getRoute(id) != null) {
      camel.getRouteController().stopRoute(id);
      camel.removeRoute(id);
    }
    Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    RouteDefinition left = model.getRouteDefinition(id);
    if (left != null) {
      model.removeRouteDefinition(left);
    }
  }
}
