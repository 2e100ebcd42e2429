package org.rollcall.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what people read about the settings, from the catalogue. */
public final class SettingsDocs {
  private static final String INTRODUCTION =
      """
      # Settings

      Generated from the catalogue in `org.rollcall.settings`; edit it there, then run
      `mvn test -Dtest=SettingsDocsTest -Drollcall.write-docs=true`.

      Settings stand in `config/application.properties` of the home. An environment variable
      overrides the file (`rollcall.accounts.main.api-url` is `ROLLCALL_ACCOUNTS_MAIN_API_URL`:
      capitals, dots and dashes become underscores), and `--set key=value` overrides both. A variable
      may also give a key that the file lacks; a name that it introduces is read in small letters,
      with dashes for underscores. An empty value is the same as none.

      `NAME` is a name of your choice: letters, digits, dashes and underscores.

      A `#` after a blank begins a comment, and so does one at the beginning of a value. Write `\\\\#`
      where the character itself is meant, as in `Team \\\\#1`. In secrets every `#` counts, unless
      nothing but a blank and a comment follows the `=`. Values on the command line and in the
      environment have no comments.

      `{{key}}`, `{{key:default}}`, `{{env:NAME}}` and `{{rollcall.home}}` may stand in any value.
      The file is also Camel Main's own: keys that do not begin with `rollcall.` go to Camel.

      | Key | Type | Range | Default | Meaning |
      |---|---|---|---|---|
      """;

  private static final String SAMPLE_INTRODUCTION =
      """
      # The settings of this home. Every line is a comment: take the # away from what you need.
      # All keys, with their ranges, are explained in docs/settings.md.
      """;

  private SettingsDocs() {}

  /** {@code docs/settings.md}. */
  public static String docs() {
    StringBuilder docs = new StringBuilder(INTRODUCTION);
    Catalogue.ALL.forEach(entry -> docs.append(row(entry)));
    return docs.toString();
  }

  /** The shipped {@code config/application.properties}: nothing but comments. */
  public static String sample() {
    StringBuilder sample = new StringBuilder(SAMPLE_INTRODUCTION);
    String section = "";
    for (Entry<?> entry : Catalogue.ALL) {
      if (!entry.section().equals(section)) {
        sample.append('\n');
        section = entry.section();
      }
      sample.append("# ").append(entry.description()).append(entry.required() ? " Required." : "");
      sample.append("\n#").append(entry.key(sampleName(section))).append('=');
      sample.append(entry.example()).append('\n');
    }
    return sample.toString();
  }

  /** Writes both files below the given folder. */
  public static void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("docs/settings.md"), docs());
    Files.writeString(folder.resolve(SettingsFile.NAME), sample());
  }

  private static String sampleName(String section) {
    return section.endsWith("accounts") ? "main" : "chamber";
  }

  private static String row(Entry<?> entry) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            entry.pattern(),
            entry.type().name(),
            entry.type().range(),
            whenAbsent(entry),
            entry.description());
  }

  private static String whenAbsent(Entry<?> entry) {
    if (entry.required()) {
      return "required";
    }
    return entry.whenAbsent() == null ? "" : "`" + entry.whenAbsent() + "`";
  }
}
