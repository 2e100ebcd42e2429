package org.rollcall.drop;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.Line;
import org.rollcall.settings.DropSettings;

/** Stand-in until the mapping is there. */
record Heading(List<String> names, int[] indexes, boolean keyIsEmail, List<String> notes) {
  static Heading of(List<String> header, DropSettings drop, List<String> before) {
    return new Heading(
        header.stream().map(name -> drop.columns().getOrDefault(name, name)).toList(),
        IntStream.range(0, header.size()).toArray(),
        drop.keyIsEmail(),
        List.of());
  }

  int index(int column) {
    return indexes[column];
  }

  int columnNamedIn(String sentence) {
    return 0;
  }

  Line.@Nullable Refused damage(long number, @Nullable String[] cells) {
    return null;
  }
}
