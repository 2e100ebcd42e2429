package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the operation behind a method and a path. */
final class Router {
  interface Operation {
    Answer answer(Call call);
  }

  /**
   * @param scope the OAuth scope it needs
   * @param privilege the user's right it needs
   */
  record Route(String method, String[] path, String scope, String privilege, Operation operation) {}

  private final List<Route> routes = new ArrayList<>();

  /** A segment {@code *} is a variable. */
  Router add(String method, String path, String scope, String privilege, Operation operation) {
    routes.add(new Route(method, path.split("/"), scope, privilege, operation));
    return this;
  }

  Router add(String method, String path, Operation operation) {
    return add(method, path, "", "", operation);
  }

  /** Fixed segments win over variables because they are registered first. */
  @Nullable Route find(Call call, String path) {
    String[] segments = path.split("/");
    for (Route route : routes) {
      List<String> variables = match(route.path(), segments);
      if (variables != null && route.method().equals(call.method)) {
        call.variables = variables;
        return route;
      }
    }
    return null;
  }

  boolean knowsPath(String path) {
    String[] segments = path.split("/");
    return routes.stream().anyMatch(route -> match(route.path(), segments) != null);
  }

  private static @Nullable List<String> match(String[] pattern, String[] segments) {
    if (pattern.length != segments.length) {
      return null;
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].equals("*")) {
        variables.add(segments[i]);
      } else if (!pattern[i].equals(segments[i])) {
        return null;
      }
    }
    return variables;
  }
}
