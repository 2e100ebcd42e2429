package org.rollcall.drop;

import java.util.Set;
import java.util.regex.Pattern;

/** What spreadsheets, exports and wrong decodings leave in a text. */
final class DamageText {
  private static final Set<String> ERRORS =
      Set.of(
          "#N/A",
          "#NV",
          "#REF!",
          "#BEZUG!",
          "#NAME?",
          "#VALUE!",
          "#WERT!",
          "#DIV/0!",
          "#NULL!",
          "#NUM!",
          "#ZAHL!",
          "#SPILL!",
          "#CALC!",
          "#FIELD!",
          "#BLOCKED!",
          "#GETTING_DATA",
          "Err:502",
          "Err:508",
          "Err:510",
          "Err:522");

  /** A column too narrow for its date or number, exported as it was shown. */
  private static final Pattern HASHES = Pattern.compile("#{3,}");

  /** In this case only: there are people whose name is Null. */
  private static final Set<String> NULLS =
      Set.of(
          "NULL",
          "(null)",
          "[null]",
          "<null>",
          "{null}",
          "\\N",
          "NaN",
          "undefined",
          "[object Object]");

  /** Spreadsheet programs always write a sign: 12E5 may be a key. */
  private static final Pattern SCIENTIFIC =
      Pattern.compile("[+-]?\\d+(?:[.,]\\d+)?[eE][+-]\\d+|[+-]?\\d+[.,]\\d+[eE]\\d+");

  private static final Pattern DECIMAL = Pattern.compile("\\d+[.,]0+");

  /** UTF-8 of Latin letters and typographic signs that was read as Windows-1252 or ISO 8859-1. */
  private static final Pattern MOJIBAKE =
      Pattern.compile(
          "[\u00c3\u00c4\u00c5][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6"
              + "\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2(?:\u20ac|\u0080)|\u00c2[\u00a0-\u00bf]|\u00ef\u00bb\u00bf");

  private DamageText() {}

  static boolean isError(String text) {
    return switch (text.charAt(0)) {
      case '#' -> ERRORS.contains(text) || HASHES.matcher(text).matches();
      case 'E' -> ERRORS.contains(text);
      default -> false;
    };
  }

  /** Hardly a value begins like one of them, so that hardly one is hashed. */
  static boolean isNull(String text) {
    return switch (text.charAt(0)) {
      case 'N', '(', '[', '<', '{', '\\', 'u' -> NULLS.contains(text);
      default -> false;
    };
  }

  static boolean isScientific(String text) {
    return (text.indexOf('E') >= 0 || text.indexOf('e') >= 0) && SCIENTIFIC.matcher(text).matches();
  }

  /** Whether a whole number was written as a fraction: {@code 1234.0}. */
  static boolean isDecimal(String text) {
    return text.endsWith("0") && DECIMAL.matcher(text).matches();
  }

  static boolean isMojibake(String text) {
    return MOJIBAKE.matcher(text).find();
  }

  /** Whether all characters are printable ASCII, so that nothing below can be found. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** The place from 1 of a control character other than a tab or a line break; 0 for none. */
  static int control(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c < ' ' || (c >= 0x7f && c <= 0x9f);
      if (control && c != '\t' && c != '\n' && c != '\r' && c != 0x85) {
        return i + 1;
      }
    }
    return 0;
  }

  static boolean isReplaced(String text) {
    return text.indexOf('\ufffd') >= 0;
  }
}
