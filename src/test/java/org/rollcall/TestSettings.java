package org.rollcall;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.rollcall.settings.Mode;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsReader;

/** The least settings with a sync, {@code chamber} of account {@code main}. */
public final class TestSettings {
  private TestSettings() {}

  public static Settings chamber() {
    return chamber(Mode.MIRROR);
  }

  public static Settings chamber(Mode mode) {
    return SettingsReader.read(
        Path.of("target"),
        Map.of(),
        Map.of(
            "rollcall.accounts.main.provider", "constantcontact",
            "rollcall.accounts.main.client-id", "one",
            "rollcall.syncs.chamber.account", "main",
            "rollcall.syncs.chamber.mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "rollcall.syncs.chamber.members", "direct:chamber-members"));
  }
}
