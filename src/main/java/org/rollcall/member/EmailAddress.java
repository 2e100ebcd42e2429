package org.rollcall.member;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import com.sanctionco.jmail.EmailValidationResult;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.FailureReason;
import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of an e-mail address in which two of them are the same or not: without white space
 * around it, case folded in the same way in every locale, the domain in ASCII (UTS 46), the local
 * part in NFC. Plus tags and dots stay. Characters nobody can see are refused, never removed.
 */
public final class EmailAddress {
  /** Constant Contact's limit, the shortest of the providers'. */
  static final int LONGEST = 80;

  private static final EmailValidator LIBRARY =
      JMail.validator()
          .disallowIpDomain()
          .disallowQuotedIdentifiers()
          .disallowExplicitSourceRouting()
          .requireTopLevelDomain()
          .disallowObsoleteWhitespace();
  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);
  private static final Map<FailureReason, String> WHY =
      Map.ofEntries(
          Map.entry(FailureReason.MISSING_AT_SYMBOL, "has no @"),
          Map.entry(FailureReason.BEGINS_WITH_AT_SYMBOL, "has nothing before the @"),
          Map.entry(FailureReason.LOCAL_PART_MISSING, "has nothing before the @"),
          Map.entry(FailureReason.DOMAIN_MISSING, "has nothing after the @"),
          Map.entry(FailureReason.MISSING_TOP_LEVEL_DOMAIN, "the part after the @ has no dot"),
          Map.entry(FailureReason.STARTS_WITH_DOT, "starts with a dot"),
          Map.entry(FailureReason.ENDS_WITH_DOT, "ends with a dot"),
          Map.entry(FailureReason.LOCAL_PART_ENDS_WITH_DOT, "has a dot right before the @"),
          Map.entry(FailureReason.MULTIPLE_DOT_SEPARATORS, "has two dots in a row"),
          Map.entry(FailureReason.MISSING_FINAL_DOMAIN_PART, "the part after the @ is incomplete"),
          Map.entry(FailureReason.LOCAL_PART_TOO_LONG, "the part before the @ is too long"),
          Map.entry(FailureReason.DOMAIN_PART_TOO_LONG, "the part after the @ is too long"),
          Map.entry(FailureReason.DOMAIN_TOO_LONG, "the part after the @ is too long"),
          Map.entry(
              FailureReason.TOP_LEVEL_DOMAIN_TOO_LONG, "the ending after the last dot is too long"),
          Map.entry(FailureReason.NUMERIC_TLD, "the ending after the last dot is a number"),
          Map.entry(
              FailureReason.DOMAIN_PART_STARTS_WITH_DASH,
              "the part after the @ has a hyphen in a wrong place"),
          Map.entry(
              FailureReason.DOMAIN_PART_ENDS_WITH_DASH,
              "the part after the @ has a hyphen in a wrong place"),
          Map.entry(
              FailureReason.INVALID_DOMAIN_CHARACTER,
              "the part after the @ has a character that is not allowed there"),
          Map.entry(
              FailureReason.DISALLOWED_UNQUOTED_CHARACTER,
              "the part before the @ has a character that is not allowed there"),
          Map.entry(FailureReason.CONTAINS_IP_DOMAIN, "has a number instead of a domain name"),
          Map.entry(FailureReason.INVALID_IP_DOMAIN, "has a number instead of a domain name"),
          Map.entry(FailureReason.ADDRESS_TOO_SHORT, "is too short"),
          Map.entry(FailureReason.INVALID_WHITESPACE, "contains a blank"));

  /** Written around or beside an address, and allowed by the letter of the standard at most. */
  private static final Map<Integer, String> UNFIT =
      Map.of(
          (int) '(', "contains brackets",
          (int) ')', "contains brackets",
          (int) '<', "contains angle brackets",
          (int) '>', "contains angle brackets",
          (int) '"', "contains quotation marks");

  /** What became of a raw text. */
  public sealed interface Result {
    /** An address in its comparable form. */
    record Valid(String address) implements Result {}

    /** There is none: null, or white space only. */
    record Missing() implements Result {}

    /** There is something that is no address; the sentence says why, without repeating it. */
    record Invalid(String why) implements Result {}
  }

  private static final Result MISSING = new Result.Missing();

  private EmailAddress() {}

  public static Result normalise(@Nullable String raw) {
    String text = raw == null ? "" : trimmed(raw);
    if (text.isEmpty()) {
      return MISSING;
    }
    String plain = PlainAddress.normalise(text);
    return plain != null ? new Result.Valid(plain) : carefully(text);
  }

  /** The text as given, for people: trimmed, else untouched; null when there is none. */
  public static @Nullable String shown(@Nullable String raw) {
    return Texts.trimmed(raw);
  }

  private static String trimmed(String raw) {
    int start = 0;
    int end = raw.length();
    while (start < end && Texts.isBlank(raw.charAt(start))) {
      start++;
    }
    while (end > start && Texts.isBlank(raw.charAt(end - 1))) {
      end--;
    }
    return raw.substring(start, end);
  }

  private static Result carefully(String text) {
    String unfit = unfitCharacter(text);
    if (unfit != null) {
      return new Result.Invalid(unfit);
    }
    int at = text.lastIndexOf('@');
    if (at < 0) {
      return new Result.Invalid("has no @");
    }
    if (text.indexOf('@') != at) {
      return new Result.Invalid("has more than one @");
    }
    StringBuilder domain = new StringBuilder();
    if (!domainToAscii(text.substring(at + 1), domain)) {
      return new Result.Invalid("the part after the @ is no valid international domain name");
    }
    return judged(foldedLocalPart(text.substring(0, at)) + '@' + domain);
  }

  /** What is wrong with a character that no address holds, or null. */
  private static @Nullable String unfitCharacter(String text) {
    int position = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      position++;
      int c = text.codePointAt(i);
      if (c == '\n' || c == '\r') {
        return "contains a line break";
      }
      if (c <= 0xffff && Texts.isBlank((char) c)) {
        return "contains a blank";
      }
      if (isInvisible(c)) {
        return "contains an invisible character (" + nameOf(c) + ") as character " + position;
      }
      String unfit = UNFIT.get(c);
      if (unfit != null) {
        return unfit;
      }
    }
    return null;
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    };
  }

  private static String nameOf(int c) {
    String name = UCharacter.getName(c);
    return name == null ? String.format("U+%04X", c) : name.toLowerCase(Locale.ROOT);
  }

  private static boolean domainToAscii(String domain, StringBuilder ascii) {
    if (isAscii(domain)) {
      ascii.append(Texts.asciiLower(domain));
      return true;
    }
    IDNA.Info info = new IDNA.Info();
    DOMAINS.nameToASCII(domain, ascii, info);
    return !info.hasErrors();
  }

  /** Folds each character on its own: ß stays, for ss is another mailbox. */
  private static String foldedLocalPart(String local) {
    if (isAscii(local)) {
      return Texts.asciiLower(local);
    }
    Normalizer2 nfc = Normalizer2.getNFCInstance();
    StringBuilder folded = new StringBuilder(local.length());
    nfc.normalize(local)
        .codePoints()
        .map(c -> UCharacter.foldCase(c, true))
        .forEach(folded::appendCodePoint);
    return nfc.normalize(folded);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  private static Result judged(String address) {
    if (address.length() > LONGEST) {
      return new Result.Invalid("is longer than " + LONGEST + " characters");
    }
    if (address.contains("@.")) {
      return new Result.Invalid("has a dot right after the @");
    }
    EmailValidationResult verdict = LIBRARY.validate(address);
    return verdict.isSuccess()
        ? new Result.Valid(address)
        : new Result.Invalid(
            WHY.getOrDefault(verdict.getFailureReason(), "is not written like an e-mail address"));
  }
}
