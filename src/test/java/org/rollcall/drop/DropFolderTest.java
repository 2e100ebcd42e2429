package org.rollcall.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestClock;
import org.rollcall.file.Declared;
import org.rollcall.file.Limits;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.DropSettings.Content;
import org.rollcall.settings.DropSettings.Ready;

/** Which files are taken, when, and what is never touched. */
class DropFolderTest {
  private static final Duration SETTLE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final TestClock clock = new TestClock(java.time.Instant.parse("2026-03-02T08:00:00Z"));

  private DropFolder open(Ready ready) {
    return new DropFolder(
        new DropSettings(
            "in",
            "club",
            folder,
            Content.FULL,
            new DropSettings.Arrival(ready, SETTLE, Duration.ofSeconds(5)),
            Declared.NOTHING,
            Limits.DEFAULT,
            Map.of(),
            false,
            false,
            null,
            null,
            new DropSettings.Wholeness(50, 10, null, "auto"),
            Duration.ofDays(30)),
        clock);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_file_is_whole_once_it_has_not_changed_for_a_while() throws IOException {
    DropFolder drop = open(Ready.SETTLED);
    Path file = write("members.csv", "a");

    for (int block = 0; block < 5; block++) {
      assertThat(drop.whole()).isEmpty();
      clock.move(SETTLE.minusSeconds(1));
      Files.writeString(file, "another block\n", StandardOpenOption.APPEND);
    }
    assertThat(drop.whole()).isEmpty();
    clock.move(SETTLE.minusSeconds(1));
    assertThat(drop.whole()).isEmpty();
    clock.move(Duration.ofSeconds(1));

    assertThat(drop.whole()).containsExactly(file);
  }

  @Test
  void a_file_with_a_marker_is_taken_with_it() throws IOException {
    DropFolder drop = open(Ready.MARKER);
    Path file = write("members.csv", "a");
    assertThat(drop.whole()).isEmpty();
    write("members.csv.done", "");

    assertThat(drop.whole()).containsExactly(file);
    assertThat(drop.take(file, 7)).isTrue();

    assertThat(folder.resolve("members.csv.done")).doesNotExist();
    assertThat(drop.taken(7)).hasContent("a");
  }

  @Test
  void a_renamed_file_is_taken_at_once_and_names_of_files_being_written_are_passed_over()
      throws IOException {
    DropFolder drop = open(Ready.RENAMED);
    for (String name :
        List.of("m.csv.tmp", "m.csv.part", ".m.csv.swp", "~$m.xlsx", "m.csv.filepart", "m.csv~")) {
      write(name, "a");
    }
    assertThat(drop.whole()).isEmpty();

    Files.move(folder.resolve("m.csv.part"), folder.resolve("m.csv"));

    assertThat(drop.whole()).containsExactly(folder.resolve("m.csv"));
  }

  @Test
  void only_one_of_two_takes_a_file() throws IOException {
    DropFolder here = open(Ready.RENAMED);
    DropFolder there = open(Ready.RENAMED);
    Path file = write("members.csv", "a");

    assertThat(here.take(file, 1)).isTrue();
    assertThat(there.take(file, 2)).isFalse();
  }

  @Test
  void links_folders_pipes_and_files_with_two_names_are_left_where_they_are() throws Exception {
    Path outside = Files.createTempFile("rollcall-outside", ".csv");
    Files.createSymbolicLink(folder.resolve("link.csv"), outside);
    Files.createSymbolicLink(folder.resolve("nowhere.csv"), folder.resolve("missing"));
    Files.createLink(folder.resolve("hard.csv"), outside);
    Files.createDirectory(folder.resolve("folder.csv"));
    assertThat(
            new ProcessBuilder("mkfifo", folder.resolve("pipe.csv").toString()).start().waitFor())
        .isZero();
    DropFolder drop = open(Ready.RENAMED);

    assertThat(drop.whole()).isEmpty();

    assertThat(folder).isDirectoryContaining("glob:**.csv");
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(5);
    }
    Files.delete(outside);
  }

  @Test
  void what_was_swapped_for_a_link_after_the_look_is_not_followed() throws IOException {
    DropFolder drop = open(Ready.RENAMED);
    Path file = write("members.csv", "a");
    assertThat(drop.whole()).containsExactly(file);
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/etc/passwd"));
    drop.take(file, 3);

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> FileFacts.of(drop.taken(3)))
        .hasMessage("it is a link");
  }

  @Test
  void names_are_never_paths_and_are_shown_in_one_line() throws IOException {
    DropFolder drop = open(Ready.RENAMED);
    List<String> names =
        List.of(
            "C:\\..\\etc\\passwd.csv",
            "CON",
            "a\nb.csv",
            "tab\there.csv",
            "evil\u202Evsc.csv",
            " leading and trailing .csv ",
            "é".repeat(120) + ".csv",
            "'; DROP TABLE member; --.csv",
            "-rf");
    for (String name : names) {
      write(name, "a");
    }

    long id = 0;
    for (Path found : drop.whole()) {
      assertThat(drop.take(found, ++id)).isTrue();
      assertThat(drop.taken(id)).hasParent(folder.resolve("taken")).exists();
      drop.file(id, true, id + ".csv");
      assertThat(drop.kept(true, id + ".csv")).exists();
    }
    assertThat(id).isEqualTo(names.size());
    assertThat(FileName.printable("a\nb\u202Evsc\u0000.csv"))
        .isEqualTo("a\\u000ab\\u202evsc\\u0000.csv");
    assertThat(FileName.printable("x".repeat(300))).hasSize(203);
  }

  @Test
  void the_oldest_file_comes_first() throws IOException {
    DropFolder drop = open(Ready.RENAMED);
    Path young = write("a.csv", "a");
    Path old = write("b.csv", "a");
    Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(1_000));

    assertThat(drop.whole()).containsExactly(old, young);
  }
}
