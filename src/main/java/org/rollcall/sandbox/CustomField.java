package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

final class CustomField {
  final int position;
  final String id;
  String label;
  final String name;
  final String type;
  @Nullable JsonNode metadata;
  @Nullable JsonNode choices;
  final long createdAt;
  long updatedAt;
  boolean deleted;

  CustomField(int position, String id, String label, String name, String type, long now) {
    this.position = position;
    this.id = id;
    this.label = label;
    this.name = name;
    this.type = type;
    this.createdAt = now;
    this.updatedAt = now;
  }
}
