package org.rollcall.sandbox;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Time-based ids that carry their own position, so that a million of them need no index.
 *
 * <p>The time field is the birth of this book of ids plus the position; the node is the book's own.
 */
final class Ids {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final long GREGORIAN_OFFSET = 0x01B21DD213814000L;

  private final long base;
  private final long node;

  Ids(long bornMillis, int account, int kind) {
    this.base = bornMillis * 10_000 + GREGORIAN_OFFSET;
    this.node = 0x8000_0000_0000_0000L | 0x1234L << 48 | 0xfa163e000000L | account << 8L | kind;
  }

  static boolean wellFormed(String id) {
    return id.length() == 36 && FORM.matcher(id).matches();
  }

  UUID id(int position) {
    long time = base + position;
    long high = time << 32 | (time >>> 16 & 0xffff_0000L) | 0x1000 | (time >>> 48 & 0x0fff);
    return new UUID(high, node);
  }

  String text(int position) {
    return id(position).toString();
  }

  /** The position behind an id of this book, or -1 when it cannot be one. */
  int position(String id) {
    if (!wellFormed(id)) {
      return -1;
    }
    UUID uuid = UUID.fromString(id);
    if (uuid.getLeastSignificantBits() != node) {
      return -1;
    }
    long high = uuid.getMostSignificantBits();
    long time = (high & 0x0fff) << 48 | (high & 0xffff_0000L) << 16 | high >>> 32;
    long position = time - base;
    return position < 0 || position > Integer.MAX_VALUE ? -1 : (int) position;
  }
}
