package org.rollcall.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code config/application.properties} with the line of every key, which {@link Properties} does
 * not tell.
 *
 * @param repeated keys given more than once, with the line that lost
 */
record SettingsFile(Map<String, Line> lines, Map<String, Integer> repeated) {
  static final String NAME = "config/application.properties";

  private static final Pattern BLANK_BEFORE_VALUE = Pattern.compile("^[^=:\\s]+\\s*[=:]?(\\s*)");

  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*(rollcall\\.drops\\.[^.=:\\s]+\\.columns\\.(?:[^=\\\\]|\\\\.)*[^=\\\\\\s])(\\s*=.*)",
          Pattern.DOTALL);

  /**
   * One key's value.
   *
   * @param spaced whether a blank stands between the separator and the value
   */
  record Line(int number, String value, boolean spaced) {}

  /** Reads the file of this home; a missing file is an empty one. */
  static SettingsFile of(Path home) {
    Path file = home.resolve(NAME);
    return Files.isRegularFile(file) ? parse(text(file)) : new SettingsFile(Map.of(), Map.of());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      // what Java wrote in such files before UTF-8 was usual
      return latin1(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static String latin1(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static SettingsException unreadable(IOException e) {
    return new SettingsException(
        List.of(
            new Problem(
                NAME,
                0,
                "",
                "the file cannot be read (" + e.getClass().getSimpleName() + ")",
                "make it readable for the user that runs Rollcall")));
  }

  static SettingsFile parse(String text) {
    Map<String, Line> lines = new LinkedHashMap<>();
    Map<String, Integer> repeated = new LinkedHashMap<>();
    String[] physical = text.replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1);
    for (int i = 0; i < physical.length; i++) {
      int first = i;
      StringBuilder logical = new StringBuilder(physical[i]);
      while (!comment(physical[first]) && continues(physical[i]) && i + 1 < physical.length) {
        logical.append('\n').append(physical[++i]);
      }
      add(first + 1, logical.toString(), lines, repeated);
    }
    return new SettingsFile(lines, repeated);
  }

  private static boolean comment(String line) {
    return line.isBlank() || line.strip().startsWith("#") || line.strip().startsWith("!");
  }

  private static boolean continues(String line) {
    int backslashes = 0;
    while (line.endsWith("\\".repeat(backslashes + 1))) {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static void add(
      int number, String logical, Map<String, Line> lines, Map<String, Integer> repeated) {
    Properties parsed = parsed(number, withBlanksInKey(logical));
    Matcher blank = BLANK_BEFORE_VALUE.matcher(logical.strip());
    boolean spaced = blank.find() && !blank.group(1).isEmpty();
    for (String key : parsed.stringPropertyNames()) {
      Line lost = lines.put(key, new Line(number, parsed.getProperty(key), spaced));
      if (lost != null) {
        repeated.put(key, lost.number());
      }
    }
  }

  /**
   * The name of a file's column is part of its key and may hold blanks and colons, which would end
   * the key elsewhere.
   */
  private static String withBlanksInKey(String logical) {
    Matcher column = COLUMN.matcher(logical);
    return column.matches()
        ? column.group(1).replaceAll("(?<!\\\\)([ \t:])", "\\\\$1") + column.group(2)
        : logical;
  }

  private static Properties parsed(int number, String logical) {
    Properties parsed = new Properties();
    try {
      parsed.load(new StringReader(logical));
      return parsed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          List.of(
              new Problem(
                  NAME,
                  number,
                  "",
                  "\\u is not followed by four hexadecimal digits",
                  "write a backslash as \\\\")));
    }
  }
}
