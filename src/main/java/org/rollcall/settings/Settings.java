package org.rollcall.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything under {@code rollcall.}, validated once at start.
 *
 * @param mail null when nothing is mailed
 * @param secretKey encrypts tokens at rest; absent means one is generated into {@code data/}
 * @param placeholders what {@code {{rollcall...}}} means in routes: the keys that were given, after
 *     overrides and without trailing comments, and {@code rollcall.home}; never a secret of ours.
 *     Keys that are not ours are among them when the environment overrides them
 * @param warnings sentences for the operator about what was ignored
 */
public record Settings(
    Path home,
    DatabaseSettings database,
    ServiceSettings service,
    @Nullable MailSettings mail,
    MonitoringSettings monitoring,
    @Nullable Secret secretKey,
    Map<String, AccountSettings> accounts,
    Map<String, SourceSettings> sources,
    Map<String, SyncSettings> syncs,
    Map<String, DropSettings> drops,
    Map<String, String> placeholders,
    List<String> warnings) {

  /**
   * The sync of this name.
   *
   * @throws SettingsException naming the syncs there are
   */
  public SyncSettings sync(String name) {
    return find("sync", name, syncs);
  }

  /**
   * The account of this name.
   *
   * @throws SettingsException naming the accounts there are
   */
  public AccountSettings account(String name) {
    return find("account", name, accounts);
  }

  private static <T> T find(String kind, String name, Map<String, T> known) {
    T found = known.get(name);
    if (found == null) {
      throw new SettingsException(List.of(undefined(kind, name, List.copyOf(known.keySet()))));
    }
    return found;
  }

  private static Problem undefined(String kind, String name, List<String> known) {
    String key = "rollcall." + kind + "s." + name;
    String remedy =
        known.isEmpty()
            ? "define it there, see docs/settings.md"
            : "use " + Types.alternatives(known);
    return new Problem(
        SettingsFile.NAME, 0, key, Types.quote(name) + " is not a defined " + kind, remedy);
  }
}
