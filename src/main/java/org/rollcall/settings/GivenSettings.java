package org.rollcall.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What file, environment and {@code --set} say together, the later winning over the earlier. */
final class GivenSettings {
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)#.*$", Pattern.DOTALL);
  private static final Pattern COMMENT_ALONE = Pattern.compile("#(\\s.*)?", Pattern.DOTALL);

  private final Map<String, Given> values = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> environment;
  private final Placeholders placeholders;

  GivenSettings(Path home, Map<String, String> environment, Map<String, String> sets) {
    this.environment = environment;
    takeFile(SettingsFile.of(home));
    takeEnvironment(sets.keySet());
    sets.forEach((key, text) -> values.put(key, new Given(text.strip(), "from --set", 0)));
    values.entrySet().removeIf(entry -> unknown(entry.getKey(), entry.getValue()));
    placeholders = new Placeholders(home, environment, values);
  }

  List<Problem> problems() {
    return problems;
  }

  List<String> warnings() {
    return warnings;
  }

  /** The names that any key, even an empty one, gives in the section of this entry. */
  Set<String> names(Entry<?> ofSection) {
    Set<String> names = new LinkedHashSet<>();
    for (String key : values.keySet()) {
      Catalogue.find(key)
          .filter(entry -> entry.section().equals(ofSection.section()))
          .ifPresent(entry -> names.add(entry.nameIn(key)));
    }
    return names;
  }

  /** Where a key was given, empty values included. */
  Optional<Given> given(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The given keys of an entry that can be given several times under one name. */
  List<String> headed(Entry<?> entry, String name) {
    return values.keySet().stream()
        .filter(key -> entry.matches(key) && entry.nameIn(key).equals(name))
        .toList();
  }

  /** The value, the default, or null; what is wrong joins {@link #problems}. */
  <T> @Nullable T read(Entry<T> entry, String name) {
    return readKey(entry, entry.key(name));
  }

  <T> @Nullable T readKey(Entry<T> entry, String key) {
    Given given = values.get(key);
    if (given == null || given.text().isEmpty()) {
      return absent(entry, key, given);
    }
    try {
      String text = placeholders.resolve(given.text());
      return text.isEmpty() ? absent(entry, key, given) : entry.type().parse(text);
    } catch (Refusal refusal) {
      problems.add(given.problem(key, refusal.what(), refusal.remedy()));
      return null;
    }
  }

  private <T> @Nullable T absent(Entry<T> entry, String key, @Nullable Given given) {
    if (entry.required()) {
      Given place = given == null ? new Given("", SettingsFile.NAME, 0) : given;
      problems.add(place.problem(key, "is missing", "write " + key + "=" + entry.example()));
    }
    return entry.whenAbsent() == null ? null : parsedDefault(entry, entry.whenAbsent());
  }

  private static <T> T parsedDefault(Entry<T> entry, String text) {
    try {
      return entry.type().parse(text);
    } catch (Refusal e) {
      throw new IllegalStateException("the default of " + entry.pattern() + ": " + e.what(), e);
    }
  }

  /**
   * Every given rollcall. key that is no secret, with its placeholders resolved; of the others
   * those for which the environment has a value, which wins as it does for ours.
   */
  Map<String, String> readable() {
    Map<String, String> readable = new TreeMap<>();
    values.forEach(
        (key, given) -> {
          if (Catalogue.find(key).filter(entry -> !entry.secret()).isPresent()) {
            placeholders.tryResolve(given.text()).ifPresent(text -> readable.put(key, text));
          } else if (!key.startsWith("rollcall.")) {
            Optional.ofNullable(environment.get(Entry.variable(key)))
                .ifPresent(text -> readable.put(key, text));
          }
        });
    return readable;
  }

  private void takeFile(SettingsFile file) {
    file.lines().forEach((key, line) -> values.put(key, given(key, line)));
    file.repeated()
        .forEach(
            (key, lost) -> {
              if (key.startsWith("rollcall.")) {
                warnings.add(
                    SettingsFile.NAME
                        + ":"
                        + lost
                        + ": "
                        + key
                        + ": is given again further down; this line is ignored");
              }
            });
  }

  private Given given(String key, SettingsFile.Line line) {
    boolean secret = Catalogue.find(key).filter(Entry::secret).isPresent();
    if (!key.startsWith("rollcall.")) {
      return new Given(line.value(), SettingsFile.NAME, line.number());
    }
    String text = secret ? secretText(key, line) : plainText(line.value());
    return new Given(text, SettingsFile.NAME, line.number());
  }

  private static String plainText(String value) {
    return COMMENT.matcher(value).replaceFirst("").strip().replace("\\#", "#");
  }

  /** A # may belong to a password, unless nothing else stands on the line. */
  private String secretText(String key, SettingsFile.Line line) {
    String value = line.value().stripTrailing();
    if (line.spaced() && COMMENT_ALONE.matcher(value).matches()) {
      return "";
    }
    if (COMMENT.matcher(value).find() && !value.startsWith("#")) {
      warnings.add(
          SettingsFile.NAME
              + ":"
              + line.number()
              + ": "
              + key
              + ": the # and what follows is taken as part of the secret");
    }
    return value;
  }

  private void takeEnvironment(Set<String> setKeys) {
    Set<String> known = new LinkedHashSet<>(values.keySet());
    known.addAll(setKeys);
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith("ROLLCALL_") && !variable.equals("ROLLCALL_HOME")) {
                takeVariable(variable, text, known);
              }
            });
  }

  private void takeVariable(String variable, String text, Set<String> known) {
    List<String> keys = EnvironmentKeys.of(variable, known);
    if (keys.isEmpty()) {
      warnings.add("environment " + variable + ": matches no setting and is ignored");
    } else if (keys.size() > 1) {
      problems.add(
          new Problem(
              "from environment " + variable,
              0,
              "",
              "could mean " + Types.alternatives(keys),
              "rename one of them, or use --set"));
    } else {
      values.put(keys.get(0), new Given(text.strip(), "from environment " + variable, 0));
    }
  }

  /** Complains about a rollcall. key that the catalogue does not hold. */
  private boolean unknown(String key, Given given) {
    if (!key.startsWith("rollcall.") || Catalogue.find(key).isPresent()) {
      return false;
    }
    problems.add(given.problem(key, "is not a setting", NearestKey.remedy(key)));
    return true;
  }
}
