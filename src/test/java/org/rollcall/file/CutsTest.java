package org.rollcall.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row F5 of the failures: a file that breaks off anywhere. */
class CutsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void a_cut_is_noticed_or_falls_behind_a_cell_that_ends_its_line(String newline) {
    byte[] whole = table(newline).getBytes(StandardCharsets.UTF_8);
    Reading all = Reading.of(whole);
    Set<List<String>> truth = new HashSet<>(all.cells());
    assertThat(all.rows()).hasSize(200);
    assertThat(all.cut()).isEmpty();

    for (int percent = 2; percent < 100; percent++) {
      byte[] part = Arrays.copyOf(whole, whole.length * percent / 100);
      Reading read = Reading.of(part);
      int wrong = 0;
      for (List<String> row : read.cells()) {
        wrong += truth.contains(row) ? 0 : 1;
      }
      boolean openEnd = part[part.length - 1] != '\n' && part[part.length - 1] != '\r';
      assertThat(wrong).as("wrong rows at %s %%", percent).isLessThanOrEqualTo(openEnd ? 1 : 0);
      if (read.cut().isEmpty()) {
        assertThat(read.refused()).isEmpty();
      }
      if (openEnd) {
        assertThat(read.cut().isPresent() || noted(read)).as("told at %s %%", percent).isTrue();
      }
    }
  }

  private static boolean noted(Reading read) {
    return read.recognised().notes().stream().anyMatch(note -> note.contains("without a newline"));
  }

  private static String table(String newline) {
    StringBuilder text = new StringBuilder("id,name,note,email").append(newline);
    for (int i = 0; i < 200; i++) {
      text.append(i).append(i % 3 == 0 ? ",\"Groß, Jürgen\"," : ",Ann Łęska,");
      text.append(i % 5 == 0 ? "\"two" + newline + "lines\"" : "").append(",a").append(i);
      text.append("@example.org").append(newline);
    }
    return text.toString();
  }
}
