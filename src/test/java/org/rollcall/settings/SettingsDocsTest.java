package org.rollcall.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Run with {@code -Drollcall.write-docs=true} to write the files anew. */
class SettingsDocsTest {
  @BeforeAll
  static void write_when_asked() throws IOException {
    if (Boolean.getBoolean("rollcall.write-docs")) {
      SettingsDocs.write(Path.of(""));
    }
  }

  @Test
  void the_page_about_settings_is_what_the_catalogue_says() throws IOException {
    assertThat(Files.readString(Path.of("docs/settings.md"))).isEqualTo(SettingsDocs.docs());
  }

  @Test
  void the_shipped_settings_file_is_what_the_catalogue_says() throws IOException {
    assertThat(Files.readString(Path.of(SettingsFile.NAME))).isEqualTo(SettingsDocs.sample());
  }

  @Test
  void the_shipped_settings_file_sets_nothing() {
    assertThat(SettingsDocs.sample().lines().filter(line -> !line.isEmpty()))
        .allMatch(line -> line.startsWith("#"));
  }

  @Test
  void every_line_of_the_shipped_file_works_once_its_comment_sign_is_gone() {
    String uncommented = SettingsDocs.sample().replaceAll("(?m)^#(?=rollcall)", "");
    SettingsFile file = SettingsFile.parse(uncommented);

    assertThat(file.lines()).hasSize(Catalogue.ALL.size());
    file.lines().forEach((key, line) -> assertThat(Catalogue.find(key)).as(key).isPresent());
  }

  @Test
  void every_default_and_example_is_a_value_of_its_type() throws Refusal {
    for (Entry<?> entry : Catalogue.ALL) {
      assertThat((Object) entry.type().parse(entry.example())).isNotNull();
      if (entry.whenAbsent() != null) {
        assertThat((Object) entry.type().parse(entry.whenAbsent())).isNotNull();
      }
    }
  }

  @Test
  void every_entry_explains_itself() {
    assertThat(Catalogue.ALL).allMatch(entry -> entry.description().endsWith("."));
    assertThat(Catalogue.ALL).extracting(Entry::pattern).doesNotHaveDuplicates();
    assertThat(Map.of("secrets", Catalogue.ALL.stream().filter(Entry::secret).count()))
        .containsEntry("secrets", 8L);
  }
}
