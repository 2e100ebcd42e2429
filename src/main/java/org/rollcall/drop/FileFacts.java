package org.rollcall.drop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * What identifies a file.
 *
 * @param size in bytes
 * @param digest SHA-256 of the content, in hexadecimal
 */
public record FileFacts(long size, Instant modified, String digest) {
  private static final int PIECE = 1 << 16;

  /**
   * Opens a regular file, and nothing else: no link, folder, pipe or device.
   *
   * @throws NotAFile saying what it is
   */
  static SeekableByteChannel open(Path path) throws IOException {
    refuseOthers(path);
    return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Refuses what is no regular file with a single name. */
  static void refuseOthers(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isRegularFile()) {
      throw new NotAFile(
          found.isSymbolicLink() ? "a link" : found.isDirectory() ? "a folder" : "no regular file");
    }
    if (names(path) > 1) {
      throw new NotAFile("a file that has another name elsewhere (a hard link)");
    }
  }

  private static int names(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
        : 1;
  }

  /** Reads the whole content once. */
  static FileFacts of(Path path) throws IOException {
    try (SeekableByteChannel channel = open(path)) {
      BasicFileAttributes before = attributes(path);
      MessageDigest sha = sha256();
      InputStream content = Channels.newInputStream(channel);
      byte[] piece = new byte[PIECE];
      for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
        sha.update(piece, 0, count);
      }
      return new FileFacts(
          before.size(),
          before.lastModifiedTime().toInstant(),
          HexFormat.of().formatHex(sha.digest()));
    }
  }

  /** Whether size and time are still those of the facts. */
  boolean stillTrue(Path path) throws IOException {
    BasicFileAttributes now = attributes(path);
    return now.size() == size && now.lastModifiedTime().toInstant().equals(modified);
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something that lies where a file should. */
  static final class NotAFile extends IOException {
    NotAFile(String what) {
      super("it is " + what);
    }
  }
}
