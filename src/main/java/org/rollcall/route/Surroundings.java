package org.rollcall.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.rollcall.settings.Settings;

/**
 * What route files find around them once the application runs.
 *
 * @param placeholders values of {@code {{...}}}, winning over the home's settings file
 * @param bind binds the beans that routes name into the throw-away context
 * @param consumers endpoints that the application itself listens to, such as {@code direct:alarm}
 * @param required endpoints that a route has to listen to, each with the setting that says so
 */
public record Surroundings(
    Map<String, String> placeholders,
    Consumer<CamelContext> bind,
    Set<String> consumers,
    Map<String, String> required) {

  /** No placeholders, beans or endpoints but those in the files. */
  public static Surroundings none() {
    return new Surroundings(Map.of(), context -> {}, Set.of(), Map.of());
  }

  /** What these settings put around the routes; every sync's members have to be read by one. */
  public static Surroundings of(
      Settings settings, Consumer<CamelContext> bind, Set<String> consumers) {
    Map<String, String> required = new LinkedHashMap<>();
    settings
        .syncs()
        .forEach(
            (name, sync) -> {
              if (sync.members() != null) {
                required.putIfAbsent(sync.members(), "rollcall.syncs." + name + ".members");
              }
              if (sync.optOuts() != null) {
                required.putIfAbsent(sync.optOuts(), "rollcall.syncs." + name + ".opt-outs");
              }
              if (sync.activities().interactions() != null) {
                required.putIfAbsent(
                    sync.activities().interactions(), "rollcall.syncs." + name + ".interactions");
              }
              if (sync.identity().changes() != null) {
                required.putIfAbsent(
                    sync.identity().changes(), "rollcall.syncs." + name + ".address-changes");
              }
            });
    return new Surroundings(settings.placeholders(), bind, consumers, required);
  }
}
