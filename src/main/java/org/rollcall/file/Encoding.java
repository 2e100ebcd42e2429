package org.rollcall.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * How the bytes of a text are to be read.
 *
 * @param bom how many bytes at the beginning are a byte order mark
 * @param notes for people, one sentence each
 */
record Encoding(Charset charset, int bom, List<String> notes) {
  private static final int HEAD = 1 << 14;

  static Encoding of(Content content, Optional<Charset> declared) throws IOException {
    byte[] head = content.head(HEAD);
    Optional<Bom> bom = Bom.of(head);
    if (declared.isPresent()) {
      return declared(declared.get(), bom, head);
    }
    if (bom.isPresent()) {
      return new Encoding(bom.get().charset(), bom.get().length(), List.of());
    }
    Optional<Charset> wide = WideText.guess(head);
    if (wide.isPresent()) {
      return new Encoding(
          wide.get(), 0, List.of("The charset was found by its zero bytes; nothing declares it."));
    }
    return ofBytes(Utf8Scan.of(content));
  }

  private static Encoding declared(Charset declared, Optional<Bom> bom, byte[] head) {
    int skip = bom.map(Bom::length).orElse(0);
    boolean open = declared.name().equals("UTF-16") || declared.name().equals("UTF-32");
    Optional<Charset> found = bom.map(Bom::charset).or(() -> WideText.guess(head));
    if (open && found.isPresent() && found.get().name().startsWith(declared.name())) {
      return new Encoding(found.get(), skip, List.of());
    }
    if (bom.isPresent() && !bom.get().charset().equals(declared)) {
      return new Encoding(
          declared,
          skip,
          List.of(
              "The file begins with the mark of "
                  + bom.get().charset().name()
                  + ", but is read as "
                  + declared.name()
                  + ", which the setting charset declares."));
    }
    return new Encoding(declared, skip, List.of());
  }

  private static Encoding ofBytes(Utf8Scan scan) {
    if (scan.whole()) {
      return new Encoding(StandardCharsets.UTF_8, 0, List.of());
    }
    if (scan.mostly()) {
      return new Encoding(
          StandardCharsets.UTF_8,
          0,
          List.of("Some bytes are no UTF-8 though the rest is; the lines with them are refused."));
    }
    Charset guess = ByteText.guess(scan);
    return new Encoding(
        guess,
        0,
        List.of(
            "The charset "
                + guess.name()
                + " is a guess by the letters found; the setting charset declares it."));
  }
}
