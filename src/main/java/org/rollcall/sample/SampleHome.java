package org.rollcall.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.rollcall.settings.DatabaseSettings;
import org.rollcall.store.Database;
import org.rollcall.store.StoreException;

/**
 * A home that is made afresh each time. Only a folder that is empty, or that was made here before,
 * is ever taken; of the latter only what was made here before is removed.
 */
public final class SampleHome {
  private static final String MARK = "made-by-rollcall.txt";
  private static final List<String> OURS =
      List.of("config", "routes", "data", ".sent", "drops", MARK);

  private SampleHome() {}

  /**
   * @param purpose one sentence about the folder, for whoever finds it
   * @throws IllegalStateException when the folder holds something else, or is in use
   */
  public static Path fresh(Path folder, String purpose) {
    try {
      if (Files.exists(folder.resolve(MARK))) {
        stopServer(folder);
        for (String ours : OURS) {
          delete(folder.resolve(ours));
        }
      }
      refuseUnlessEmpty(folder);
      Files.createDirectories(folder);
      Path home = folder.toRealPath();
      write(
          home, MARK, purpose + "\nIt is emptied the next time; keep nothing of your own here.\n");
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + folder, e);
    }
  }

  /** Writes a file of the home, with its folders. */
  public static void write(Path home, String file, String text) {
    try {
      Path path = home.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  /** The text of a file of the home. */
  public static String read(Path home, String file) {
    try {
      return Files.readString(home.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /** Something nobody can guess. */
  public static String secret() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void refuseUnlessEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IllegalStateException(
            folder + " holds files that were not made here: give another folder with --home");
      }
    }
  }

  /** A killed process leaves its server behind; one that another process uses stays. */
  private static void stopServer(Path folder) {
    Path running = folder.resolve("data/postgres/postmaster.pid");
    if (!Files.exists(running)) {
      return;
    }
    try {
      Database.open(new DatabaseSettings(null, null, null), folder).close();
    } catch (StoreException e) {
      // an older state that does not open any more is about to be removed; the check below decides
    }
    if (Files.exists(running)) {
      throw new IllegalStateException(
          folder + " is in use by another process: stop that one, or give another --home");
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
