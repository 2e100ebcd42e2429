package org.rollcall.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFilesTest {
  @TempDir Path folder;

  @Test
  void a_batch_that_cannot_be_put_in_place_leaves_nothing_of_itself_behind() throws IOException {
    BatchFiles files = new BatchFiles();
    files.setFolder(folder.toString());
    files.setFormat("jsonl");
    List<Map<String, Object>> batch = List.of(Map.of("id", "1", "member_key", "m1"));
    files.write(batch);
    Path written = all().get(0);
    Files.delete(written);
    Files.createDirectories(written.resolve("in the way"));

    assertThatThrownBy(() -> files.write(batch)).isInstanceOf(IOException.class);

    assertThat(all()).containsExactly(written);
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.toList();
    }
  }
}
