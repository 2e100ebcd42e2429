package org.rollcall.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.member.EmailAddress.Result;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "ann@example.org|ann@example.org",
        "Ann.B@Example.ORG|ann.b@example.org",
        "  ann@example.org\t|ann@example.org",
        "\u00a0ann@example.org\u2003\u3000|ann@example.org",
        "ann@example.org\u0085\u2028|ann@example.org",
        "ann+news@example.org|ann+news@example.org",
        "a.n.n@gmail.com|a.n.n@gmail.com",
        "o'neil_j-r@mail.example.co.uk|o'neil_j-r@mail.example.co.uk",
        "ann/b=c!#$%&*?^`{}~@example.org|ann/b=c!#$%&*?^`{}~@example.org",
        "1@2.example|1@2.example",
        "ann@a--b.example|ann@a--b.example",
        "a@b.co|a@b.co",
      })
  void ordinary_address_is_trimmed_and_folded(String raw, String address) {
    assertThat(EmailAddress.normalise(raw)).isEqualTo(new Result.Valid(address));
  }

  @ParameterizedTest
  @CsvSource({
    "ann@bücher.example, ann@xn--bcher-kva.example",
    "ann@BÜCHER.example, ann@xn--bcher-kva.example",
    "ann@bu\u0308cher.example, ann@xn--bcher-kva.example",
    "ann@faß.example, ann@xn--fa-hia.example",
    "ann@βόλος.example, ann@xn--nxasmm1c.example",
    "ann@日本語。jp, ann@xn--wgv71a119e.jp",
    "ann@ｅｘａｍｐｌｅ．ｏｒｇ, ann@example.org",
    "ann@XN--BCHER-KVA.example, ann@xn--bcher-kva.example",
    "ann@भारत.भारत, ann@xn--h2brj9c.xn--h2brj9c",
  })
  void international_domain_becomes_ascii(String raw, String address) {
    assertThat(EmailAddress.normalise(raw)).isEqualTo(new Result.Valid(address));
  }

  @ParameterizedTest
  @CsvSource({
    "JOSÉ@example.org, josé@example.org",
    "jose\u0301@example.org, josé@example.org",
    "ΟΔΟΣ@example.org, οδοσ@example.org",
    "οδος@example.org, οδοσ@example.org",
    "straße@example.org, straße@example.org",
  })
  void international_local_part_is_composed_and_folded(String raw, String address) {
    assertThat(EmailAddress.normalise(raw)).isEqualTo(new Result.Valid(address));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u2003", "\u3000"})
  void white_space_alone_is_a_missing_address(String raw) {
    assertThat(EmailAddress.normalise(raw)).isEqualTo(new Result.Missing());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "ann.example.org|has no @",
        "none|has no @",
        "ann@@example.org|has more than one @",
        "ann@b@example.org|has more than one @",
        "@example.org|has nothing before the @",
        "ann@|has nothing after the @",
        "ann@example|the part after the @ has no dot",
        "ann@localhost|the part after the @ has no dot",
        "ann@example..org|has two dots in a row",
        "ann..b@example.org|has two dots in a row",
        ".ann@example.org|starts with a dot",
        "ann.@example.org|has a dot right before the @",
        "ann@example.org.|ends with a dot",
        "ann@.example.org|has a dot right after the @",
        "ann b@example.org|contains a blank",
        "ann@exam ple.org|contains a blank",
        "ann\u00a0b@example.org|contains a blank",
        "ann@example.org; ben@example.org|contains a blank",
        "ann@example.org,ben@example.org|has more than one @",
        "ann@-example.org|the part after the @ has a hyphen in a wrong place",
        "ann@example-.org|the part after the @ has a hyphen in a wrong place",
        "ann@exam_ple!.org|the part after the @ has a character that is not allowed there",
        "ann@example.123|the ending after the last dot is a number",
        "ann@10.0.0.1|the ending after the last dot is a number",
        "ann@[10.0.0.1]|has a number instead of a domain name",
        "ann@[IPv6:::1]|has a number instead of a domain name",
        "ann(work)@example.org|contains brackets",
        "Ann<ann@example.org>|contains angle brackets",
        "<ann@example.org>|contains angle brackets",
        "ann,b@example.org|the part before the @ has a character that is not allowed there",
        "an\"n@example.org|contains quotation marks",
        "@a.example:ann@example.org|has more than one @",
        "ann@a\u200b.example|contains an invisible character (zero width space) as character 6",
        "ann@example.org\u200b|contains an invisible character (zero width space) as character 16",
        "\ufeffann@example.org|contains an invisible character (zero width no-break space) as"
            + " character 1",
        "an\u00adn@example.org|contains an invisible character (soft hyphen) as character 3",
        "an\u202en@example.org|contains an invisible character (right-to-left override) as"
            + " character 3",
        "an\u3164n@example.org|contains an invisible character (hangul filler) as character 3",
        "an\u0007n@example.org|contains an invisible character (U+0007) as character 3",
        "an\ud83dn@example.org|contains an invisible character (U+D83D) as character 3",
        "ann@\u0300a.example|the part after the @ is no valid international domain name",
        "ann@\u05d0a.example|the part after the @ is no valid international domain name",
      })
  void broken_address_is_refused_with_a_reason_for_a_clerk(String raw, String why) {
    assertThat(EmailAddress.normalise(raw)).isEqualTo(new Result.Invalid(why));
  }

  @Test
  void two_lines_in_one_cell_are_no_address() {
    assertThat(EmailAddress.normalise("ann@example.org\nben@example.org"))
        .isEqualTo(new Result.Invalid("contains a line break"));
  }

  @Test
  void address_of_80_characters_is_the_longest() {
    String domain = "@" + "d".repeat(60) + ".example";
    String local = "l".repeat(80 - domain.length());

    assertThat(EmailAddress.normalise(local + domain)).isInstanceOf(Result.Valid.class);
    assertThat(EmailAddress.normalise(local + "l" + domain))
        .isEqualTo(new Result.Invalid("is longer than 80 characters"));
    assertThat(EmailAddress.normalise("l".repeat(65) + "@example.org"))
        .isEqualTo(new Result.Invalid("the part before the @ is too long"));
  }

  @Test
  void case_folds_the_same_way_on_a_turkish_machine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(EmailAddress.normalise("IRIS.I@EXAMPLE.ORG"))
          .isEqualTo(new Result.Valid("iris.i@example.org"));
      assertThat(EmailAddress.normalise("IRIS\u00c9@EXAMPLE.ORG"))
          .isEqualTo(EmailAddress.normalise("iris\u00e9@example.org"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void dotted_and_dotless_i_are_other_mailboxes_than_i() {
    assertThat(EmailAddress.normalise("\u0131@example.org"))
        .isNotEqualTo(EmailAddress.normalise("i@example.org"));
    assertThat(EmailAddress.normalise("\u0130@example.org"))
        .isNotEqualTo(EmailAddress.normalise("i@example.org"));
  }

  @Test
  void any_mix_of_case_gives_one_address() {
    Random random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder mixed = new StringBuilder();
      for (char c : "first.last-name+tag@sub.example.org".toCharArray()) {
        mixed.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
      }
      assertThat(EmailAddress.normalise(mixed.toString()))
          .isEqualTo(new Result.Valid("first.last-name+tag@sub.example.org"));
    }
  }

  @Test
  void normalising_an_address_again_changes_nothing() {
    Random random = new Random(9);
    int valid = 0;
    for (int i = 0; i < 50_000; i++) {
      if (EmailAddress.normalise(randomText(random)) instanceof Result.Valid first) {
        assertThat(EmailAddress.normalise(first.address())).isEqualTo(first);
        valid++;
      }
    }
    assertThat(valid).isGreaterThan(500);
  }

  @Test
  void shortcut_accepts_nothing_that_the_library_refuses() {
    Random random = new Random(13);
    int accepted = 0;
    for (int i = 0; i < 300_000; i++) {
      String text = randomText(random);
      String plain = PlainAddress.normalise(text);
      if (plain != null) {
        accepted++;
        assertThat(JMail.strictValidator().isValid(plain)).as(text).isTrue();
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  /** Short texts of the letters and marks that matter, often close to an address. */
  private static String randomText(Random random) {
    String alphabet = "aZ09.-_+'@@..=?é";
    StringBuilder text = new StringBuilder();
    append(text, random, alphabet, 6);
    text.append('@');
    append(text, random, alphabet, 5);
    return text.append(random.nextBoolean() ? ".org" : ".c").toString();
  }

  private static void append(StringBuilder text, Random random, String alphabet, int most) {
    for (int i = random.nextInt(most); i >= 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
  }
}
