package org.rollcall.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.settings.Problem;

/** Every route has an id of its own and a description, which operators read. */
final class RouteNames {
  private final List<RouteFile> files;
  private final Map<String, String> places = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  RouteNames(List<RouteFile> files) {
    this.files = files;
  }

  List<Problem> problems() {
    for (RouteFile file : files) {
      file.items().stream().filter(RouteFile.Item::isRoute).forEach(item -> check(file, item));
    }
    return problems;
  }

  private void check(RouteFile file, RouteFile.Item item) {
    if (item.kind().equals("from")) {
      complain(
          file,
          item.from(),
          "",
          "the route has neither id nor description",
          "put it under \"- route:\" with both");
      return;
    }
    String id = Yaml.text(item.body(), "id");
    checkId(file, item, id);
    if (Yaml.text(item.body(), "description").isBlank()) {
      complain(file, item.from(), id, "has no description", "say in one sentence what it is for");
    }
  }

  private void checkId(RouteFile file, RouteFile.Item item, String id) {
    if (id.isBlank()) {
      complain(file, item.from(), "", "the route has no id", "add one, usually the file's name");
      return;
    }
    int line = Yaml.child(item.body(), "id").map(Yaml::line).orElse(item.from());
    String first = places.putIfAbsent(id, file.shown() + ":" + line);
    if (first != null) {
      complain(file, line, id, "the id is taken by " + first, "choose another");
    }
  }

  private void complain(RouteFile file, int line, String id, String what, String remedy) {
    problems.add(new Problem(file.shown(), line, id, what, remedy));
  }
}
