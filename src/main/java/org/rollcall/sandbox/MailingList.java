package org.rollcall.sandbox;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the provider calls a list; guarded by the store's lock. */
final class MailingList {
  final int position;
  final String id;
  String name;
  @Nullable String description;
  boolean favorite;
  final long createdAt;
  long updatedAt;
  long deletedAt;

  /** Positions of the contacts on it. */
  BitSet members = new BitSet();

  MailingList(int position, String id, String name, long now) {
    this.position = position;
    this.id = id;
    this.name = name;
    this.createdAt = now;
    this.updatedAt = now;
  }

  boolean deleted() {
    return deletedAt != 0;
  }
}
