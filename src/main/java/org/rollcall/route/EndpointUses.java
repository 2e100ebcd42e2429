package org.rollcall.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds every endpoint that a file names. */
final class EndpointUses {
  /** Steps that take a URI as their short form. */
  private static final Set<String> URI_STEPS =
      Set.of("uri", "to", "toD", "wireTap", "poll", "deadLetterUri", "kamelet");

  /** Words about endpoints, and patterns of endpoints. */
  private static final Set<String> PROSE =
      Set.of(
          "id",
          "description",
          "message",
          "default",
          "example",
          "interceptFrom",
          "interceptSendToEndpoint");

  private static final Pattern TARGET = Pattern.compile("(direct|seda):[^\\s,$]+");

  private final RouteFile file;
  private final List<EndpointUse> uses = new ArrayList<>();
  private String routeId = "";

  private EndpointUses(RouteFile file) {
    this.file = file;
  }

  static List<EndpointUse> in(RouteFile file) {
    EndpointUses found = new EndpointUses(file);
    file.roots().forEach(root -> found.visit("", root));
    return found.uses;
  }

  private void visit(String key, Node node) {
    if (key.equals("route")) {
      routeId = Yaml.text(node, "id");
    }
    if (node instanceof SequenceNode list) {
      list.getValue().forEach(child -> visit(key, child));
    } else if (node instanceof MappingNode mapping) {
      visitMapping(key, mapping);
    } else if (node instanceof ScalarNode scalar) {
      visitScalar(key, scalar);
    }
  }

  private void visitMapping(String key, MappingNode mapping) {
    String named = key.equals("kamelet") ? "name" : "uri";
    Node uri = Yaml.child(mapping, named).orElse(null);
    if (uri instanceof ScalarNode scalar && !PROSE.contains(key)) {
      add(key, scalar, Yaml.child(mapping, "parameters").orElse(scalar));
    }
    mapping
        .getValue()
        .forEach(
            entry -> {
              if (!entry.getValueNode().equals(uri)) {
                visit(Yaml.text(entry.getKeyNode()), entry.getValueNode());
              }
            });
  }

  private void visitScalar(String key, ScalarNode scalar) {
    boolean target = TARGET.matcher(scalar.getValue()).matches() && !PROSE.contains(key);
    if (target || URI_STEPS.contains(key) && !scalar.getValue().isBlank()) {
      add(key, scalar, scalar);
    }
  }

  /**
   * @param parameters the mapping below {@code parameters}; anything else when there is none
   */
  private void add(String key, ScalarNode uri, Node parameters) {
    String text = key.equals("kamelet") ? "kamelet:" + uri.getValue() : uri.getValue();
    int mark = text.indexOf('?');
    Map<String, EndpointUse.Option> options = new LinkedHashMap<>();
    if (mark >= 0) {
      addQuery(text.substring(mark + 1), Yaml.line(uri), options);
    }
    if (parameters instanceof MappingNode mapping) {
      addParameters(mapping, options);
    }
    String plain = mark < 0 ? text : text.substring(0, mark);
    uses.add(new EndpointUse(file, routeId, Yaml.line(uri), plain, options, key.equals("from")));
  }

  private static void addQuery(String query, int line, Map<String, EndpointUse.Option> options) {
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = pair.substring(equals + 1);
        options.put(pair.substring(0, equals), new EndpointUse.Option(value, line));
      }
    }
  }

  private static void addParameters(MappingNode mapping, Map<String, EndpointUse.Option> options) {
    mapping
        .getValue()
        .forEach(
            entry -> {
              Node value = entry.getValueNode();
              options.put(
                  Yaml.text(entry.getKeyNode()),
                  new EndpointUse.Option(Yaml.text(value), Yaml.line(value)));
            });
  }
}
