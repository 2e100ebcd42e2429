package org.rollcall.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs {@code initdb}, {@code pg_ctl} and {@code postgres}.
 *
 * <p>PostgreSQL refuses to run as root. There, the commands run in a user namespace of their own,
 * where root's files keep belonging to the process; where namespaces are forbidden (Docker's
 * default profile), they run as {@code nobody}, to whom the files are handed over.
 */
final class PostgresCommands {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final long LIMIT_SECONDS = 180;

  /** How a command ended, and what it printed. */
  record Ended(int code, String output) {
    boolean well() {
      return code == 0;
    }
  }

  private final Path bin;
  private final List<String> prefix;
  private final int owner;

  private PostgresCommands(Path binaries, List<String> prefix, int owner) {
    this.bin = binaries.resolve("bin");
    this.prefix = prefix;
    this.owner = owner;
  }

  /**
   * @param data the folder that holds the cluster
   */
  static PostgresCommands forClusterIn(Path data) throws IOException {
    if (!runsAsRoot()) {
      return new PostgresCommands(PostgresBinaries.unpacked(data, false), List.of(), -1);
    }
    if (succeeds(List.of("unshare", "-U", "true"))) {
      return new PostgresCommands(
          PostgresBinaries.unpacked(data, false), List.of("unshare", "-U"), ROOT);
    }
    return asNobody(data, PostgresBinaries.unpacked(data, true));
  }

  private static PostgresCommands asNobody(Path data, Path binaries) {
    List<String> prefix =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    String postgres = binaries.resolve("bin/postgres").toString();
    if (!succeeds(Stream.concat(prefix.stream(), Stream.of("test", "-x", postgres)).toList())) {
      throw new StoreException(
          "PostgreSQL does not run as root, and neither a user namespace (unshare) nor the user"
              + " nobody (setpriv, who has to be able to read "
              + data
              + ") can be used here: start Rollcall as another user, or set rollcall.database.url"
              + " to a PostgreSQL of your own");
    }
    return new PostgresCommands(binaries, prefix, NOBODY);
  }

  /** Hands a file or folder to the user PostgreSQL runs as, when that is not us. */
  void own(Path tree) throws IOException {
    if (owner < 0 || uid(tree) == owner) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      // The top comes last, so that a hand-over cut short is taken up again.
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.setAttribute(file, "unix:uid", owner);
      }
    }
  }

  Ended run(String tool, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(bin.resolve(tool).toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static boolean succeeds(List<String> command) {
    try {
      return run(command).well();
    } catch (UncheckedIOException noSuchCommand) {
      return false;
    }
  }

  /** Output goes to a file: a pipe would stay open as long as the server that pg_ctl leaves. */
  private static Ended run(List<String> command) {
    try {
      Path output = Files.createTempFile("rollcall", ".out");
      try {
        Process process = start(command, output.toFile());
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return new Ended(-1, "no end within " + LIMIT_SECONDS + " seconds");
        }
        return new Ended(process.exitValue(), Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("running " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while PostgreSQL was starting or stopping", e);
    }
  }

  private static Process start(List<String> command, File output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .redirectInput(new File(isWindows() ? "NUL" : "/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
    return builder.start();
  }

  private static boolean runsAsRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) ? uid(self) == ROOT : "root".equals(System.getProperty("user.name"));
  }

  private static int uid(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
