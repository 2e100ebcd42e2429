package org.rollcall.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reading YAML nodes that know their lines. */
final class Yaml {
  private static final Set<String> NAMING = Set.of("id", "description");

  private Yaml() {}

  /** Counted from 1. */
  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  /** The text of a scalar; empty for anything else. */
  static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static Optional<Node> child(Node node, String... path) {
    Optional<Node> found = Optional.of(node);
    for (String key : path) {
      found = found.flatMap(parent -> value(parent, key));
    }
    return found;
  }

  static String text(Node node, String... path) {
    return child(node, path).map(Yaml::text).orElse("");
  }

  private static Optional<Node> value(Node node, String key) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.getValue().stream()
        .filter(entry -> text(entry.getKeyNode()).equals(key))
        .map(entry -> entry.getValueNode())
        .findFirst();
  }

  /** The line of the first key or value that is the text, or else contains it. */
  static Optional<Integer> lineOf(Node node, String text) {
    return scalars(node)
        .filter(scalar -> scalar.getValue().equals(text))
        .findFirst()
        .or(() -> scalars(node).filter(scalar -> scalar.getValue().contains(text)).findFirst())
        .map(Yaml::line);
  }

  /** The line of a key that stands only once below the node. */
  static Optional<Integer> onlyKey(Node node, String key) {
    List<Integer> lines =
        scalars(node).filter(scalar -> scalar.getValue().equals(key)).map(Yaml::line).toList();
    return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
  }

  /** Ids and descriptions are left out: they say much and are never at fault. */
  private static Stream<ScalarNode> scalars(Node node) {
    if (node instanceof ScalarNode scalar) {
      return Stream.of(scalar);
    }
    if (node instanceof SequenceNode list) {
      return list.getValue().stream().flatMap(Yaml::scalars);
    }
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(entry -> !NAMING.contains(text(entry.getKeyNode())))
            .flatMap(
                entry -> Stream.concat(scalars(entry.getKeyNode()), scalars(entry.getValueNode())))
        : Stream.empty();
  }
}
