package org.rollcall.route;

import java.io.FileNotFoundException;
import java.text.ParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.component.kamelet.FailedToCreateKameletException;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.common.exception.UnsupportedFieldException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Problem;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns what Camel throws into one sentence with the line it is about. */
final class Fault {
  private static final Pattern FIELD = Pattern.compile("(?:field|node id): (\\S+)");
  private static final Pattern LINE = Pattern.compile("line (\\d+), column");
  private static final Pattern OPTIONS = Pattern.compile("Unknown parameters=\\[\\{(.*)}]");
  private static final Pattern ENDPOINT = Pattern.compile("endpoint: ([a-zA-Z0-9+-]+):");
  private static final Pattern PROPERTY = Pattern.compile("Property with key \\[(.+?)]");
  private static final Pattern MANDATORY =
      Pattern.compile("template (\\S+) the following mandatory parameters must be provided: (.+)");
  private static final Pattern KAMELET = Pattern.compile("([^/]+)\\.kamelet\\.yaml");
  private static final Pattern CRON = Pattern.compile("CronExpression '(.*)' is invalid");
  private static final Pattern TEMPLATE = Pattern.compile("Kamelet with id (\\S+)");

  private final RouteFile file;
  private final Node within;
  private final String route;
  private final int firstLine;

  private Fault(RouteFile file, Node within, String route, int firstLine) {
    this.file = file;
    this.within = within;
    this.route = route;
    this.firstLine = firstLine;
  }

  static Fault in(RouteFile file, RouteFile.Item item) {
    return new Fault(file, item.body(), Yaml.text(item.body(), "id"), item.from());
  }

  static Fault in(RouteFile kamelet) {
    Node root = kamelet.roots().get(0);
    return new Fault(kamelet, root, Yaml.text(root, "metadata", "name"), 0);
  }

  /** The Kamelet inside which it went wrong; empty when the route itself is to blame. */
  static String kameletAtFault(Throwable thrown) {
    FailedToCreateKameletException failed = find(thrown, FailedToCreateKameletException.class);
    if (failed == null) {
      return "";
    }
    boolean misused =
        match(MANDATORY, root(failed)).isPresent()
            || find(failed, FileNotFoundException.class) != null;
    return misused ? "" : match(TEMPLATE, failed).map(found -> found.group(1)).orElse("");
  }

  Problem problem(Exception thrown) {
    Throwable root = root(thrown);
    return field(thrown)
        .or(() -> bean(thrown))
        .or(() -> component(thrown))
        .or(() -> simple(thrown))
        .or(() -> cron(thrown))
        .or(() -> missingKamelet(root))
        .or(() -> mandatory(root))
        .or(() -> option(root))
        .or(() -> property(root))
        .orElseGet(() -> other(root));
  }

  private Optional<Problem> field(Throwable thrown) {
    Throwable step = find(thrown, UnknownNodeIdException.class);
    if (step != null) {
      String name = match(FIELD, step).map(found -> found.group(1)).orElse("");
      return Optional.of(
          at(
              lineOf(step, name),
              quote(name) + " is not a step",
              "use one of Camel's, such as to, bean or log"));
    }
    Throwable field = find(thrown, UnsupportedFieldException.class);
    if (field == null) {
      return Optional.empty();
    }
    String name = match(FIELD, field).map(found -> found.group(1)).orElse("");
    return Optional.of(
        at(
            lineOf(field, name),
            quote(name) + " does not belong here",
            "check its spelling and its indentation"));
  }

  /** Camel's own mark may name the start of the block; the only place of that name is better. */
  private int lineOf(Throwable marked, String name) {
    int told = match(LINE, marked).map(found -> Integer.parseInt(found.group(1))).orElse(firstLine);
    return Yaml.onlyKey(within, name).orElse(told);
  }

  private Optional<Problem> bean(Throwable thrown) {
    NoSuchBeanException missing = find(thrown, NoSuchBeanException.class);
    if (missing == null || missing.getName() == null) {
      return Optional.empty();
    }
    String name = missing.getName();
    return Optional.of(
        String.valueOf(missing.getMessage()).contains("DataSource")
            ? near(
                name,
                "there is no source " + quote(name),
                "correct the name, or define rollcall.sources." + name + ".url")
            : near(
                name,
                "there is no bean " + quote(name),
                "correct the name, or define it under beans:"));
  }

  private Optional<Problem> component(Throwable thrown) {
    NoSuchEndpointException missing = find(thrown, NoSuchEndpointException.class);
    if (missing == null || missing.getUri() == null) {
      return Optional.empty();
    }
    String scheme = missing.getUri().replaceFirst("[:?].*", "");
    return Optional.of(
        near(
            scheme,
            "there is no component " + quote(scheme),
            "correct the name, or put the component's jar into lib/"));
  }

  private Optional<Problem> simple(Throwable thrown) {
    SimpleIllegalSyntaxException broken = find(thrown, SimpleIllegalSyntaxException.class);
    if (broken == null) {
      return Optional.empty();
    }
    String why = firstLine(broken).replaceFirst(" at location.*", "");
    String expression = String.valueOf(broken.getExpression());
    return Optional.of(
        near(
            expression,
            quote(expression) + " is not Simple (" + why + ")",
            "see Camel's Simple language"));
  }

  private Optional<Problem> cron(Throwable thrown) {
    Throwable why = find(thrown, ParseException.class);
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Optional<Matcher> cron = match(CRON, t);
      if (cron.isPresent()) {
        String text = cron.get().group(1);
        String reason = why == null ? "" : " (" + firstLine(why).replaceFirst("\\.$", "") + ")";
        return Optional.of(
            near(
                "cron",
                quote(text) + " is not a Quartz cron expression" + reason,
                "use six or seven fields from seconds on, such as 0 0 23 * * ?"));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> missingKamelet(Throwable root) {
    return root instanceof FileNotFoundException
        ? match(KAMELET, root)
            .map(found -> found.group(1))
            .map(
                name ->
                    near(
                        name,
                        "there is no Kamelet " + name,
                        "correct the name, or put kamelets/"
                            + name
                            + ".kamelet.yaml into the home"))
        : Optional.empty();
  }

  private Optional<Problem> mandatory(Throwable root) {
    return match(MANDATORY, root)
        .map(
            found ->
                near(
                    found.group(1),
                    "the Kamelet " + found.group(1) + " needs " + found.group(2),
                    "add it to the step's parameters"));
  }

  /** Names the options and not their values, which may be secrets. */
  private Optional<Problem> option(Throwable root) {
    return match(OPTIONS, root)
        .map(
            found -> {
              String name = found.group(1).replaceFirst("=.*", "");
              String component =
                  match(ENDPOINT, root).map(endpoint -> endpoint.group(1)).orElse("component");
              return near(
                  name,
                  component + " has no option " + name,
                  "correct it after Camel's page on the component " + component);
            });
  }

  private Optional<Problem> property(Throwable root) {
    return match(PROPERTY, root)
        .map(found -> found.group(1))
        .map(
            key ->
                near(
                    "{{" + key,
                    "{{" + key + "}} has no value",
                    "define "
                        + key
                        + " in config/application.properties, or write {{"
                        + key
                        + ":default}}"));
  }

  private Problem other(Throwable root) {
    int line = match(LINE, root).map(found -> Integer.parseInt(found.group(1))).orElse(firstLine);
    String why = URISupport.sanitizeUri(firstLine(root));
    return at(line, "Camel does not take it (" + why + ")", "correct it");
  }

  private Problem near(String text, String what, String remedy) {
    return at(Yaml.lineOf(within, text).orElse(firstLine), what, remedy);
  }

  private Problem at(int line, String what, String remedy) {
    return new Problem(file.shown(), line, route, what, remedy);
  }

  private static String quote(String text) {
    return '"' + text + '"';
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static Optional<Matcher> match(Pattern pattern, Throwable thrown) {
    Matcher matcher = pattern.matcher(String.valueOf(thrown.getMessage()));
    return matcher.find() ? Optional.of(matcher) : Optional.empty();
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
