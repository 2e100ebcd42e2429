package org.rollcall.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One place in a file that names an endpoint.
 *
 * @param uri without the options behind {@code ?}
 * @param options from the URI and from {@code parameters}
 * @param consumer whether the route listens here
 */
record EndpointUse(
    RouteFile file,
    String routeId,
    int line,
    String uri,
    Map<String, Option> options,
    boolean consumer) {

  record Option(String text, int line) {}

  String scheme() {
    int colon = uri.indexOf(':');
    return colon < 0 ? uri : uri.substring(0, colon);
  }

  /** What stands between scheme and options, without the slashes some people write. */
  String name() {
    int colon = uri.indexOf(':');
    return colon < 0 ? "" : uri.substring(colon + 1).replaceFirst("^//", "");
  }

  /** {@code direct:lists}, also for {@code uri: direct} with {@code name: lists} below it. */
  String target() {
    Option name = options.get("name");
    return scheme() + ":" + (name().isEmpty() && name != null ? name.text() : name());
  }

  EndpointUse resolved(UnaryOperator<String> placeholders) {
    Map<String, Option> resolved = new LinkedHashMap<>();
    options.forEach(
        (key, option) ->
            resolved.put(key, new Option(placeholders.apply(option.text()), option.line())));
    return new EndpointUse(file, routeId, line, placeholders.apply(uri), resolved, consumer);
  }
}
