package org.rollcall.file;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Guesses among the charsets of one byte (and of several, when they fit very well). */
final class ByteText {
  private static final Charset USUAL = Charset.forName("windows-1252");
  private static final int SURE = 80;
  private static final String APOSTROPHES = "\u2018\u2019\u00b4\u00b7\u2013\u00a0\u00ad";

  /** What is nearly always written under the name of what it extends. */
  private static final Map<String, String> WIDER =
      Map.of(
          "ISO-8859-1", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "ISO-8859-8-I", "ISO-8859-8");

  private static final Set<String> OF_SEVERAL_BYTES =
      Set.of("Shift_JIS", "GB18030", "EUC-JP", "EUC-KR", "Big5");

  private ByteText() {}

  static Charset guess(Utf8Scan scan) {
    return Arrays.stream(new CharsetDetector().setText(scan.sample()).detectAll())
        .filter(match -> !match.getName().startsWith("UTF"))
        .filter(match -> !match.getName().startsWith("IBM"))
        .filter(match -> !match.getName().startsWith("ISO-2022"))
        .filter(ByteText::sureEnough)
        .map(match -> WIDER.getOrDefault(match.getName(), match.getName()))
        .filter(Charset::isSupported)
        .map(Charset::forName)
        .filter(charset -> knowsAll(charset, scan))
        .filter(charset -> makesWords(new String(scan.sample(), charset)))
        .findFirst()
        .orElse(USUAL);
  }

  private static boolean sureEnough(CharsetMatch match) {
    return !OF_SEVERAL_BYTES.contains(match.getName()) || match.getConfidence() >= SURE;
  }

  /** Whether hardly any sign stands in the middle of a word, as a wrong charset would put it. */
  private static boolean makesWords(String text) {
    int beyond = 0;
    int strange = 0;
    for (int i = 1; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        beyond++;
        boolean sign = !Character.isLetter(c) && APOSTROPHES.indexOf(c) < 0;
        strange += sign && isLetter(text, i - 1) && isLetter(text, i + 1) ? 1 : 0;
      }
    }
    return strange * 20 <= beyond;
  }

  private static boolean isLetter(String text, int at) {
    return Character.isLetter(text.charAt(at));
  }

  private static boolean knowsAll(Charset charset, Utf8Scan scan) {
    if (OF_SEVERAL_BYTES.contains(charset.name())) {
      return true;
    }
    for (int value = 0x80; value < 0x100; value++) {
      if (scan.seen(value) && !knows(charset, (byte) value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean knows(Charset charset, byte value) {
    try {
      return !Character.isISOControl(
          charset.newDecoder().decode(ByteBuffer.wrap(new byte[] {value})).get());
    } catch (CharacterCodingException unknown) {
      return false;
    }
  }
}
