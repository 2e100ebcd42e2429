package org.rollcall.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A home with the given lines in its settings file. */
record SettingsHome(Path home, Map<String, String> environment, Map<String, String> sets) {
  static SettingsHome of(Path home, String... lines) {
    try {
      Files.createDirectories(home.resolve("config"));
      Files.writeString(home.resolve(SettingsFile.NAME), String.join("\n", lines));
      return new SettingsHome(home, new HashMap<>(), new HashMap<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SettingsHome variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  SettingsHome set(String key, String value) {
    sets.put(key, value);
    return this;
  }

  Settings read() {
    return SettingsReader.read(home, environment, sets);
  }
}
