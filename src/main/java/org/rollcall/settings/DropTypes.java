package org.rollcall.settings;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.rollcall.settings.DropSettings.Content;
import org.rollcall.settings.DropSettings.Ready;

/** The types of the settings of drops. */
final class DropTypes {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})\\s*%");

  static final ValueType<Content> CONTENT = ofEnum("content", Content.values());
  static final ValueType<Ready> READY = ofEnum("sign of a whole file", Ready.values());
  static final ValueType<String> FORMAT = ofWords("format", List.of("csv", "xlsx", "jsonl"));
  static final ValueType<Charset> CHARSET = new ValueType<>("encoding", "", DropTypes::charset);
  static final ValueType<Character> CHARACTER =
      new ValueType<>("character", "one character, or `tab`", DropTypes::character);
  static final ValueType<Boolean> OTHER_COLUMNS =
      new ValueType<>(
          "rule",
          "`ignore`, `custom`",
          text -> word(text, "rule", List.of("ignore", "custom")).equals("custom"));
  static final ValueType<Boolean> KEY_IS_EMAIL =
      new ValueType<>(
          "column",
          "`member_key`, `email`",
          text -> word(text, "key", List.of("member_key", "email")).equals("email"));
  static final ValueType<String> DATES =
      ofWords("order", List.of("iso", "day-first", "month-first"));
  static final ValueType<Integer> PERCENTAGE =
      new ValueType<>("percentage", "0% to 100%", DropTypes::percentage);
  static final ValueType<Pattern> REGEX =
      new ValueType<>("regular expression", "", DropTypes::regex);

  private DropTypes() {}

  private static <T extends Enum<T>> ValueType<T> ofEnum(String what, T[] values) {
    List<String> words =
        Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    return new ValueType<>(
        what, ticked(words), text -> values[words.indexOf(word(text, what, words))]);
  }

  private static ValueType<String> ofWords(String what, List<String> words) {
    return new ValueType<>(what, ticked(words), text -> word(text, what, words));
  }

  private static String ticked(List<String> words) {
    return String.join(", ", words.stream().map(word -> '`' + word + '`').toList());
  }

  private static String word(String text, String what, List<String> words) throws Refusal {
    if (!words.contains(text)) {
      throw new Refusal(Types.quote(text) + " is no " + what, "use " + Types.alternatives(words));
    }
    return text;
  }

  private static Charset charset(String text) throws Refusal {
    try {
      return Charset.forName(text);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Refusal(
          Types.quote(text) + " is not an encoding", "use a name such as UTF-8 or windows-1252");
    }
  }

  private static Character character(String text) throws Refusal {
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || Character.isLetterOrDigit(text.charAt(0))) {
      throw new Refusal(
          Types.quote(text) + " separates nothing", "use one character such as ; or the word tab");
    }
    return text.charAt(0);
  }

  private static int percentage(String text) throws Refusal {
    Matcher matcher = PERCENT.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 100) {
      throw new Refusal(Types.quote(text) + " is not a percentage", "use 0% to 100%");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static Pattern regex(String text) throws Refusal {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new Refusal(
          Types.quote(text) + " is not a regular expression: " + e.getDescription(),
          "use one such as \\d{6}");
    }
  }
}
