package org.rollcall.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks the PostgreSQL that lies as an archive on the class path, once per version. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * The folder that holds {@code bin}, {@code lib} and {@code share}: in the user's cache, which
   * several homes share, or in the home where there is no such cache.
   */
  static Path unpacked(Path data, boolean forOtherUsers) throws IOException {
    URL archive = archive();
    String version = version(archive);
    Path inHome = data.resolve("postgres-bin");
    if (forOtherUsers) {
      return unpacked(archive, inHome.resolve(version));
    }
    try {
      return unpacked(archive, userCache().resolve("rollcall").resolve(version));
    } catch (IOException readOnlyOrFull) {
      return unpacked(archive, inHome.resolve(version));
    }
  }

  private static Path unpacked(URL archive, Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      Path cache = Files.createDirectories(target).getParent();
      Files.delete(target);
      Path unfinished = Files.createTempDirectory(cache, "unfinished");
      try {
        Path tree = Files.createDirectory(unfinished.resolve("tree"));
        unpack(archive, tree);
        publish(tree, target);
      } finally {
        delete(unfinished);
      }
    }
    return target;
  }

  private static Path userCache() {
    @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
    return xdg == null || xdg.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(xdg);
  }

  private static URL archive() {
    String os = os();
    String machine = machine();
    URL found = PostgresBinaries.class.getResource("/postgres-" + os + "-" + machine + ".txz");
    if (found == null) {
      throw new StoreException(
          "no embedded PostgreSQL for "
              + os
              + " on "
              + machine
              + ": set rollcall.database.url to a PostgreSQL of your own");
    }
    return found;
  }

  private static String os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "darwin" : "linux";
  }

  private static String machine() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> name;
    };
  }

  /** The jar's name and the archive's checksum, which reading the jar's index gives for free. */
  private static String version(URL archive) throws IOException {
    URLConnection connection = archive.openConnection();
    if (connection instanceof JarURLConnection jar) {
      Path file = Path.of(jar.getJarFile().getName()).getFileName();
      return file.toString().replace(".jar", "-") + Long.toHexString(jar.getJarEntry().getCrc());
    }
    return "postgres-" + connection.getContentLengthLong();
  }

  private static void unpack(URL archive, Path into) throws IOException {
    try (InputStream in = new BufferedInputStream(archive.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        unpack(entry, tar, into.resolve(entry.getName()).normalize());
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, file);
      file.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
    }
  }

  /** Whoever comes first wins; the others throw their copy away. */
  private static void publish(Path tree, Path target) throws IOException {
    try {
      Files.move(tree, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException alreadyThere) {
      // Another process unpacked the same archive at the same time.
    }
  }

  static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
