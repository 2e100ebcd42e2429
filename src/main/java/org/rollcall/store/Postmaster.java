package org.rollcall.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server that runs on a cluster, as {@code postmaster.pid} tells. */
record Postmaster(ProcessHandle process, int port, boolean stopping) {
  private static final int PID = 0;
  private static final int PORT = 3;
  private static final int STATUS = 7;

  /**
   * Empty when nothing runs, also when a crash left the file and its number now belongs to another
   * program.
   */
  static Optional<Postmaster> in(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() <= PORT) {
      return Optional.empty();
    }
    boolean stopping = lines.size() > STATUS && lines.get(STATUS).startsWith("stopping");
    int port = Integer.parseInt(lines.get(PORT).strip());
    return ProcessHandle.of(Long.parseLong(lines.get(PID).strip()))
        .filter(Postmaster::isPostgres)
        .map(process -> new Postmaster(process, port, stopping));
  }

  /** A dead process that nobody has collected yet, as in a container without init, is none. */
  private static boolean isPostgres(ProcessHandle process) {
    Path stat = Path.of("/proc/" + process.pid() + "/stat");
    try {
      return Files.readString(stat).matches("(?s)\\d+ \\(postgres\\) [^ZX].*");
    } catch (NoSuchFileException noSuchProcessOrNotLinux) {
      return process.isAlive()
          && process.info().command().filter(command -> command.contains("postgres")).isPresent();
    } catch (IOException endedMeanwhile) {
      return false;
    }
  }
}
