package org.rollcall.settings;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code {{key}}}, {@code {{key:default}}}, {@code {{env:NAME}}} and {@code {{sys:name}}}
 * inside settings.
 */
final class Placeholders {
  /**
   * Camel's functions that would otherwise be taken for a key, and their argument for its value.
   */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "aws",
          "azure",
          "bean",
          "configmap",
          "cyberark",
          "gcp",
          "hashicorp",
          "ibm",
          "secret",
          "service");

  private final Path home;
  private final Map<String, String> environment;
  private final Map<String, Given> values;

  Placeholders(Path home, Map<String, String> environment, Map<String, Given> values) {
    this.home = home;
    this.environment = environment;
    this.values = values;
  }

  String resolve(String text) throws Refusal {
    return resolve(text, new ArrayDeque<>());
  }

  Optional<String> tryResolve(String text) {
    try {
      return Optional.of(resolve(text));
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private String resolve(String text, Deque<String> within) throws Refusal {
    String rest = text;
    int end = rest.indexOf("}}");
    while (end >= 0) {
      int start = rest.lastIndexOf("{{", end);
      if (start < 0) {
        return rest;
      }
      String value = value(rest.substring(start + 2, end).strip(), within);
      rest = rest.substring(0, start) + value + rest.substring(end + 2);
      end = rest.indexOf("}}", start + value.length());
    }
    return rest;
  }

  private String value(String reference, Deque<String> within) throws Refusal {
    if (within.contains(reference)) {
      throw new Refusal("{{" + reference + "}} refers to itself", "write the value instead");
    }
    boolean prefixed = reference.startsWith("env:") || reference.startsWith("sys:");
    int colon = reference.indexOf(':', prefixed ? 4 : 0);
    String key = colon < 0 ? reference : reference.substring(0, colon);
    if (colon >= 0 && ELSEWHERE.contains(key)) {
      throw new Refusal(
          "{{" + key + ":...}} is not available in Rollcall's own settings", "use {{env:NAME}}");
    }
    String found = look(key);
    if (found == null && colon < 0) {
      throw new Refusal("{{" + key + "}} has no value", remedy(key));
    }
    within.push(reference);
    String value = found == null ? reference.substring(colon + 1) : resolve(found, within);
    within.pop();
    return value;
  }

  private @Nullable String look(String key) {
    if (key.startsWith("env:")) {
      return environment.get(key.substring(4));
    }
    if (key.startsWith("sys:")) {
      return System.getProperty(key.substring(4));
    }
    if (key.equals("rollcall.home")) {
      return home.toString();
    }
    Given given = values.get(key);
    String variable = key.startsWith("rollcall.") ? null : environment.get(Entry.variable(key));
    return variable != null && (given == null || given.line() > 0)
        ? variable
        : given == null ? null : given.text();
  }

  private static String remedy(String key) {
    return key.startsWith("env:")
        ? "set the environment variable " + key.substring(4)
        : "define " + key + " in the same file, or write {{" + key + ":default}}";
  }
}
