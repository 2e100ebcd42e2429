package org.rollcall.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rollcall.settings.Problem;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A Kamelet's own definition, which Camel 4.18 does not hold its users to. */
record Kamelet(RouteFile file, String name, Map<String, Node> properties) {
  /** What {@code kamelet:} itself understands, whatever the Kamelet. */
  private static final Set<String> ENDPOINT_OPTIONS =
      Set.of(
          "block",
          "bridgeErrorHandler",
          "exceptionHandler",
          "exchangePattern",
          "failIfNoConsumers",
          "lazyStartProducer",
          "location",
          "noErrorHandler",
          "routeId",
          "timeout");

  static Optional<Kamelet> of(RouteFile file) {
    return file.roots().stream().findFirst().map(root -> of(file, root));
  }

  private static Kamelet of(RouteFile file, Node root) {
    Map<String, Node> properties = new LinkedHashMap<>();
    if (Yaml.child(root, "spec", "definition", "properties").orElse(null)
        instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        properties.put(Yaml.text(entry.getKeyNode()), entry.getValueNode());
      }
    }
    return new Kamelet(file, Yaml.text(root, "metadata", "name"), properties);
  }

  /** What is wrong with the definition. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    String fileName = file.path().getFileName().toString().replace(".kamelet.yaml", "");
    if (!fileName.equals(name)) {
      problems.add(
          new Problem(
              file.shown(),
              0,
              name,
              "metadata.name is \"" + name + "\"",
              "give file and Kamelet the same name"));
    }
    properties.forEach((key, definition) -> checkDefinition(key, definition, problems));
    return problems;
  }

  private void checkDefinition(String key, Node definition, List<Problem> problems) {
    for (String part : List.of("title", "description", "type")) {
      if (Yaml.text(definition, part).isBlank()) {
        problems.add(
            new Problem(
                file.shown(),
                Yaml.line(definition),
                name,
                "the parameter " + key + " has no " + part,
                "add it, editors show it"));
      }
    }
  }

  /** What is wrong with one use of it. */
  List<Problem> problems(EndpointUse use) {
    List<Problem> problems = new ArrayList<>();
    use.options()
        .forEach(
            (key, option) ->
                wrong(key, option)
                    .map(remedied -> problem(use, option, remedied))
                    .ifPresent(problems::add));
    return problems;
  }

  private record Wrong(String what, String remedy) {}

  private static Problem problem(EndpointUse use, EndpointUse.Option option, Wrong wrong) {
    return new Problem(
        use.file().shown(), option.line(), use.routeId(), wrong.what(), wrong.remedy());
  }

  private Optional<Wrong> wrong(String key, EndpointUse.Option option) {
    Node definition = properties.get(key);
    if (definition != null) {
      return wrong(key, option.text(), definition);
    }
    if (ENDPOINT_OPTIONS.contains(key)) {
      return Optional.empty();
    }
    String remedy = "it takes " + String.join(", ", properties.keySet());
    return Optional.of(new Wrong("the Kamelet " + name + " has no parameter " + key, remedy));
  }

  /** Values that only a running route knows are left to it. */
  private Optional<Wrong> wrong(String key, String text, Node definition) {
    if (text.contains("{{") || text.contains("${")) {
      return Optional.empty();
    }
    String subject = "the parameter " + key + " of the Kamelet " + name + " ";
    List<String> choices = choices(definition);
    if (!choices.isEmpty() && !choices.contains(text)) {
      return Optional.of(
          new Wrong(subject + "has a value outside its list", "use " + String.join(", ", choices)));
    }
    return switch (Yaml.text(definition, "type")) {
      case "integer" -> unless(text.matches("[+-]?\\d+"), subject, "a whole number");
      case "number" -> unless(text.matches("[+-]?\\d+(\\.\\d+)?"), subject, "a number");
      case "boolean" -> unless(text.matches("(?i)true|false"), subject, "true or false");
      default -> Optional.empty();
    };
  }

  private static Optional<Wrong> unless(boolean right, String subject, String wanted) {
    return right
        ? Optional.empty()
        : Optional.of(new Wrong(subject + "is not " + wanted, "write " + wanted));
  }

  private static List<String> choices(Node definition) {
    return Yaml.child(definition, "enum").orElse(null) instanceof SequenceNode list
        ? list.getValue().stream().map(Yaml::text).toList()
        : List.of();
  }
}
