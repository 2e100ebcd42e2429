package org.rollcall.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a table without what they are packed in.
 *
 * @param container {@code none}, {@code gzip} or {@code zip}
 */
record Content(String container, Opener opener) {
  /** Opens the bytes from their beginning, as often as they are needed, one after the other. */
  interface Opener {
    InputStream open() throws IOException;
  }

  InputStream open() throws IOException {
    return opener.open();
  }

  /** The first bytes, at most {@code length} of them. */
  byte[] head(int length) throws IOException {
    try (InputStream in = open()) {
      return in.readNBytes(length);
    }
  }
}
