package org.rollcall.settings;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key of the catalogue.
 *
 * @param pattern the key, with {@code NAME} where the integrator's own name stands and {@code
 *     HEADER} where any text may
 * @param whenAbsent the default's text; null when there is none
 * @param secret never printed, and a {@code #} in it is never taken for a comment
 */
record Entry<T>(
    String pattern,
    ValueType<T> type,
    @Nullable String whenAbsent,
    boolean required,
    boolean secret,
    String example,
    String description) {
  private static final String NAME = "([A-Za-z0-9][A-Za-z0-9_-]*)";

  /** What keys of each pattern look like; every key given is compared with all of them. */
  private static final Map<String, Pattern> SHAPES = new ConcurrentHashMap<>();

  String key(String name) {
    return pattern.replace("NAME", name);
  }

  /** Whether there can be several of this key under one name. */
  boolean headed() {
    return pattern.contains("HEADER");
  }

  boolean named() {
    return pattern.contains("NAME");
  }

  /** {@code rollcall.accounts} for {@code rollcall.accounts.NAME.api-url}. */
  String section() {
    return pattern.substring(
        0,
        pattern.indexOf('.', "rollcall.".length()) < 0
            ? pattern.length()
            : pattern.indexOf('.', "rollcall.".length()));
  }

  boolean matches(String key) {
    return matcher(key).matches();
  }

  /** The integrator's name in a key that {@link #matches} this entry; empty for a plain entry. */
  String nameIn(String key) {
    Matcher matcher = matcher(key);
    return named() && matcher.matches() ? matcher.group(1) : "";
  }

  /** What stands for {@code HEADER} in a key that {@link #matches} this entry. */
  String headerIn(String key) {
    Matcher matcher = matcher(key);
    return headed() && matcher.matches() ? matcher.group(2) : "";
  }

  private Matcher matcher(String key) {
    return SHAPES.computeIfAbsent(pattern, Entry::shape).matcher(key);
  }

  private static Pattern shape(String pattern) {
    String named = Pattern.quote(pattern).replace("NAME", "\\E" + NAME + "\\Q");
    return Pattern.compile(named.replace("HEADER", "\\E(.+)\\Q"));
  }

  /** The name a variable introduces for a key that no file holds; null when it means another. */
  @Nullable String nameInVariable(String variable) {
    if (headed()) {
      return null;
    }
    String shape = Pattern.quote(variable(pattern)).replace("NAME", "\\E([A-Z0-9][A-Z0-9_]*)\\Q");
    Matcher matcher = Pattern.compile(shape).matcher(variable);
    if (!matcher.matches()) {
      return null;
    }
    return named() ? matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-') : "";
  }

  /** {@code ROLLCALL_ACCOUNTS_MAIN_API_URL} for {@code rollcall.accounts.main.api-url}. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
