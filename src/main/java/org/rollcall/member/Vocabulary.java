package org.rollcall.member;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words a column may hold. Remembers the last one, for most rows repeat it. */
final class Vocabulary<E extends Enum<E>> {
  private static final int SHOWN = 30;

  private final Column column;
  private final E[] values;
  private String lastWord;
  private E last;

  Vocabulary(Column column, E[] values) {
    this.column = column;
    this.values = values;
    this.last = values[0];
    this.lastWord = last.name();
  }

  /**
   * @throws RowException when the word is not one of them
   */
  E meaning(String word) {
    if (!word.equals(lastWord)) {
      last = find(word);
      lastWord = word;
    }
    return last;
  }

  private E find(String word) {
    for (E value : values) {
      if (value.name().equalsIgnoreCase(word)) {
        return value;
      }
    }
    String allowed =
        Arrays.stream(values)
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw wrong(column, word, "one of " + allowed + " is expected");
  }

  /** Repeats the word only when it looks like one of a vocabulary, not like data. */
  static RowException wrong(Column column, String word, String expected) {
    String shown = looksLikeWord(word) ? " holds \"" + word + "\"" : " holds something else";
    return new RowException("the column " + column.label() + shown, expected);
  }

  private static boolean looksLikeWord(String word) {
    return word.length() <= SHOWN
        && word.chars().allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetter(c)));
  }
}
