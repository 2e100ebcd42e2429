package org.rollcall.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleHomeTest {
  @TempDir Path folder;

  @Test
  void what_an_earlier_one_left_is_gone() {
    Path first = SampleHome.fresh(folder.resolve("demo"), "A demo.");
    SampleHome.write(first, "config/application.properties", "a=b");
    SampleHome.write(first, ".sent/account", "what the hub notes beside its database");

    Path second = SampleHome.fresh(folder.resolve("demo"), "A demo.");

    assertThat(second).isEqualTo(first);
    assertThat(second.resolve("config")).doesNotExist();
    assertThat(second.resolve(".sent")).doesNotExist();
  }

  @Test
  void a_folder_with_something_else_in_it_is_refused_and_stays_as_it_is() throws IOException {
    Path settings =
        Files.createDirectories(folder.resolve("config")).resolve("application.properties");
    Files.writeString(settings, "mine");

    assertThatThrownBy(() -> SampleHome.fresh(folder, "A demo."))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--home");
    assertThat(settings).hasContent("mine");
  }

  @Test
  void what_a_person_added_to_a_demo_is_not_removed() throws IOException {
    Path home = SampleHome.fresh(folder.resolve("demo"), "A demo.");
    Files.writeString(home.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> SampleHome.fresh(home, "A demo."))
        .isInstanceOf(IllegalStateException.class);
    assertThat(home.resolve("notes.txt")).hasContent("mine");
  }
}
