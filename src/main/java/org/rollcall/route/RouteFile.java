package org.rollcall.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rollcall.settings.Problem;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One YAML file of routes or one Kamelet, with the line of everything in it.
 *
 * @param shown the path as the integrator knows it, such as {@code routes/jobs/lists.camel.yaml}
 * @param roots the file's documents; empty when it is no YAML
 * @param syntax what keeps the file from being YAML
 */
record RouteFile(Path path, String shown, String text, List<Node> roots, Optional<Problem> syntax) {

  /**
   * One element of the list that a route file is.
   *
   * @param kind {@code route}, {@code beans}, {@code routeConfiguration} and so on
   * @param from the first line, counted from 1
   * @param to the line after the last
   */
  record Item(String kind, Node body, int from, int to) {
    boolean isRoute() {
      return kind.equals("route") || kind.equals("from");
    }

    /** When to load it: templates and beans come before their users, and routes last. */
    int rank() {
      if (isRoute()) {
        return 2;
      }
      return kind.equals("templatedRoute") ? 1 : 0;
    }
  }

  static RouteFile read(Path path, String shown) {
    try {
      return parse(path, shown, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + shown, e);
    }
  }

  static RouteFile parse(Path path, String shown, String text) {
    List<Node> roots = new ArrayList<>();
    try {
      new Compose(LoadSettings.builder().build()).composeAllFromString(text).forEach(roots::add);
      return new RouteFile(path, shown, text, roots, Optional.empty());
    } catch (YamlEngineException e) {
      return new RouteFile(path, shown, text, List.of(), Optional.of(notYaml(shown, text, e)));
    }
  }

  private static Problem notYaml(String shown, String text, YamlEngineException e) {
    int line =
        e instanceof MarkedYamlEngineException marked
            ? marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0)
            : 0;
    String atFault = line > 0 ? text.lines().skip(line - 1L).findFirst().orElse("") : "";
    if (atFault.matches("\\s*\\t.*")) {
      return new Problem(shown, line, "", "a tab indents this line", "indent with spaces");
    }
    String why = e instanceof MarkedYamlEngineException marked ? marked.getProblem() : "";
    return new Problem(
        shown, line, "", "is not YAML (" + why + ")", "check indentation, quotes and colons here");
  }

  List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (Node root : roots) {
      if (root instanceof SequenceNode list) {
        addItems(list.getValue(), items);
      }
    }
    return items;
  }

  private void addItems(List<Node> nodes, List<Item> items) {
    for (int i = 0; i < nodes.size(); i++) {
      int to = i + 1 < nodes.size() ? Yaml.line(nodes.get(i + 1)) : Integer.MAX_VALUE;
      if (nodes.get(i) instanceof MappingNode item && !item.getValue().isEmpty()) {
        var entry = item.getValue().get(0);
        items.add(
            new Item(Yaml.text(entry.getKeyNode()), entry.getValueNode(), Yaml.line(item), to));
      }
    }
  }

  /** The text with every line blanked that is not this item's, so that line numbers stay. */
  String only(Item item) {
    StringBuilder only = new StringBuilder();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      only.append(number >= item.from() && number < item.to() ? line : "").append('\n');
    }
    return only.toString();
  }
}
