package org.rollcall.sandbox;

import java.util.BitSet;

final class Tag {
  final int position;
  final String id;
  String name;
  final long createdAt;
  long updatedAt;
  boolean deleted;
  BitSet members = new BitSet();

  Tag(int position, String id, String name, long now) {
    this.position = position;
    this.id = id;
    this.name = name;
    this.createdAt = now;
    this.updatedAt = now;
  }
}
