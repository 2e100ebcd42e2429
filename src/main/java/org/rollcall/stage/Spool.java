package org.rollcall.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * The rows of a reading until it is known whether they say anything new: most nights they do not,
 * and then the hub's database never sees them. A file of the owner's alone that is deleted when it
 * is closed.
 */
final class Spool implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path folder;
  private @Nullable FileChannel file;

  Spool(Path folder) {
    this.folder = folder;
  }

  void append(CopyChunk chunk) throws IOException {
    chunk.writeTo(open());
  }

  /** Sends everything there is to the table. */
  void writeTo(CopyIn copy) throws IOException, SQLException {
    if (file == null) {
      return;
    }
    byte[] bytes = new byte[PIECE];
    ByteBuffer piece = ByteBuffer.wrap(bytes);
    long at = 0;
    int count = file.read(piece, at);
    while (count > 0) {
      copy.writeToCopy(bytes, 0, count);
      at += count;
      piece.clear();
      count = file.read(piece, at);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel known = file;
    if (known == null) {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, "reading", ".rows", ownerOnly());
      known =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = known;
    }
    return known;
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
