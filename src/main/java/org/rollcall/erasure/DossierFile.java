package org.rollcall.erasure;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** An export for the person it is about: readable by its owner only, and named after nobody. */
public final class DossierFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private DossierFile() {}

  /** Writes a file that is on disk when this returns. */
  public static Path write(Path home, Instant now, String json) {
    Path folder = home.resolve("data/exports");
    try {
      Files.createDirectories(folder);
      return write(unused(folder, "erased-" + TIME.format(now)), json);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the export cannot be written (" + e.getMessage() + "); nothing was erased", e);
    }
  }

  private static Path unused(Path folder, String stem) {
    Path file = folder.resolve(stem + ".json");
    for (int i = 2; Files.exists(file); i++) {
      file = folder.resolve(stem + "-" + i + ".json");
    }
    return file;
  }

  private static Path write(Path file, String json) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, ownerOnly())) {
      channel.write(StandardCharsets.UTF_8.encode(json + "\n"));
      channel.force(true);
    }
    return file;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
