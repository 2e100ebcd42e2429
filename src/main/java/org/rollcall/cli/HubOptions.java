package org.rollcall.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.settings.LogFormat;
import org.rollcall.settings.Problem;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SettingsException;
import org.rollcall.settings.SettingsReader;
import org.rollcall.user.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of every command that works on a home. */
final class HubOptions {
  private static final Logger LOG = LoggerFactory.getLogger(HubOptions.class);

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "holds config/, routes/, kamelets/ and data/; default: the installation")
  @Nullable Path home;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting that goes before the file and the environment")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn (default; run: info), info, debug or trace; logs go to stderr")
  LogLevel logLevel = LogLevel.WARN;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "text (default) or json, one object a line; see rollcall.service.log-format")
  @Nullable LogFormat logFormat;

  static Path installation() {
    return Path.of(System.getProperty("rollcall.installation", ".")).toAbsolutePath().normalize();
  }

  /**
   * A home that is not there is a slip of the pen: nobody wants an empty hub under another name.
   */
  private Path existingHome() {
    Path chosen = chosenHome();
    if (Files.isDirectory(chosen)) {
      return chosen;
    }
    throw new SettingsException(
        List.of(
            new Problem(
                chosen.toString(),
                0,
                "",
                "there is no such folder",
                "make it, or name another one with --home or ROLLCALL_HOME")));
  }

  private Path chosenHome() {
    String fromEnvironment = System.getenv("ROLLCALL_HOME");
    if (home != null) {
      return home.toAbsolutePath().normalize();
    }
    return fromEnvironment == null || fromEnvironment.isBlank()
        ? installation()
        : Path.of(fromEnvironment).toAbsolutePath().normalize();
  }

  Settings settings() {
    Settings settings = SettingsReader.read(existingHome(), System.getenv(), set);
    if (logFormat == null && settings.service().logFormat() == LogFormat.JSON) {
      Logs.json();
    }
    settings.warnings().forEach(LOG::warn);
    return settings;
  }

  /** Who gives the command, as the operating system knows them. */
  static String user() {
    return ProcessHandle.current()
        .info()
        .user()
        .orElseGet(() -> System.getProperty("user.name", "unknown"));
  }

  /**
   * Enters into the audit what the command did.
   *
   * @param what in the past, such as "approved a plan"
   * @param about which run, dead letter or member key; never an address
   */
  static void note(Hub hub, String what, @Nullable String sync, @Nullable String about) {
    hub.audit().note(Audit.Through.COMMAND, user(), what, sync, about);
  }

  Hub hub() {
    return Hub.open(settings(), installation());
  }
}
