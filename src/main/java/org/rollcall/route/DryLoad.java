package org.rollcall.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.rollcall.settings.Problem;

/** A context that loads the files and starts none of their routes. */
final class DryLoad implements AutoCloseable {
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<RouteFile> routes;
  private final List<RouteFile> kamelets;
  private final Set<String> brokenKamelets = new HashSet<>();

  DryLoad(
      RouteFiles files,
      Surroundings surroundings,
      List<RouteFile> routes,
      List<RouteFile> kamelets) {
    this.routes = routes;
    this.kamelets = kamelets;
    context.disableJMX();
    context.setAutoStartup(false);
    placeholders(files, surroundings);
    context.getComponent("kamelet", KameletComponent.class).setLocation(files.kameletLocation());
    context.getCamelContextExtension().registerEndpointCallback((uri, made) -> keepOff(made));
    surroundings.bind().accept(context);
    context.start();
  }

  private void placeholders(RouteFiles files, Surroundings surroundings) {
    Map<String, String> given = new HashMap<>();
    given.put("rollcall.home", files.home().toString());
    given.putAll(surroundings.placeholders());
    GivenValues.apply(context, given);
    context
        .getPropertiesComponent()
        .addLocation("file:" + files.home() + "/config/application.properties;optional=true");
  }

  /** File endpoints make their folder as soon as they are loaded, unless told otherwise. */
  private Endpoint keepOff(Endpoint endpoint) {
    try {
      PluginHelper.getBeanIntrospection(context)
          .setProperty(context, endpoint, "autoCreate", false);
      return endpoint;
    } catch (Exception e) {
      throw new IllegalStateException("switching autoCreate off", e);
    }
  }

  /** The text with its placeholders filled in; as it is when one of them has no value. */
  String resolve(String text) {
    try {
      return text.contains("{{") ? context.resolvePropertyPlaceholders(text) : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  boolean hasSource(String name) {
    return context.getRegistry().lookupByNameAndType(name, DataSource.class) != null;
  }

  /** Loads Kamelets first, then what routes build on, then routes. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (RouteFile kamelet : kamelets) {
      if (kamelet.syntax().isPresent()) {
        brokenKamelets.add(kameletName(kamelet));
      } else {
        load(kamelet, kamelet.text())
            .ifPresent(
                e -> {
                  brokenKamelets.add(kameletName(kamelet));
                  problems.add(Fault.in(kamelet).problem(e));
                });
      }
    }
    for (int rank : List.of(0, 1, 2)) {
      routes.forEach(file -> loadItems(file, rank, problems));
    }
    return problems;
  }

  private void loadItems(RouteFile file, int rank, List<Problem> problems) {
    for (RouteFile.Item item : file.items()) {
      if (item.rank() == rank) {
        load(file, file.only(item)).flatMap(e -> blame(file, item, e)).ifPresent(problems::add);
      }
    }
  }

  private Optional<Exception> load(RouteFile file, String text) {
    Resource resource = ResourceHelper.fromString(file.path().getFileName().toString(), text);
    try {
      PluginHelper.getRoutesLoader(context).loadRoutes(resource);
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(e);
    }
  }

  /**
   * A fault that stands in a Kamelet is the Kamelet's; one that came in by a parameter is the
   * route's.
   */
  private Optional<Problem> blame(RouteFile file, RouteFile.Item item, Exception e) {
    String inside = Fault.kameletAtFault(e);
    if (brokenKamelets.contains(inside)) {
      return Optional.empty();
    }
    return kamelets.stream()
        .filter(kamelet -> kameletName(kamelet).equals(inside))
        .map(kamelet -> Fault.in(kamelet).problem(e))
        .filter(problem -> problem.line() > 0)
        .findFirst()
        .or(() -> Optional.of(Fault.in(file, item).problem(e)));
  }

  private static String kameletName(RouteFile file) {
    return file.path().getFileName().toString().replace(".kamelet.yaml", "");
  }

  @Override
  public void close() {
    context.stop();
  }
}
