package org.rollcall.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * What a zip archive holds. The names inside are looked at, to tell what it is and to refuse
 * strange ones, and used for nothing else.
 */
final class ZipArchive {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final long LARGEST_DIRECTORY = 1 << 20;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;
  private static final Set<Integer> METHODS = Set.of(ZipEntry.STORED, ZipEntry.DEFLATED);

  private final ZipFile zip;
  private final List<ZipArchiveEntry> entries;

  private ZipArchive(ZipFile zip) {
    this.zip = zip;
    this.entries = Collections.list(zip.getEntries());
  }

  static ZipArchive of(SeekableByteChannel file) {
    try {
      refuseLargeDirectory(file);
      return new ZipArchive(
          ZipFile.builder().setSeekableByteChannel(file).setIgnoreLocalFileHeader(true).get());
    } catch (FileException refused) {
      throw refused;
    } catch (IOException | RuntimeException e) {
      // the library answers some damages with whatever its arithmetic comes to
      throw damaged(e);
    }
  }

  /** Whether this is a workbook rather than an archive with a file in it. */
  boolean isWorkbook() {
    return has("[Content_Types].xml") && holdsFolder("xl/");
  }

  /** What this is when it is one of the formats that are archives inside; else null. */
  @org.jspecify.annotations.Nullable
  String otherFormat() {
    if (isWorkbook()) {
      return has("xl/workbook.bin") ? "a binary workbook (.xlsb)" : null;
    }
    if (has("mimetype") && has("content.xml")) {
      return "an OpenDocument file (such as .ods)";
    }
    if (has("[Content_Types].xml")) {
      return "an Office document without sheets";
    }
    return holdsFolder("Index/") && holdsFolder("Metadata/") ? "an Apple Numbers file" : null;
  }

  /** The bytes of the only file. */
  InputStream openOnly() throws IOException {
    ZipArchiveEntry entry = only();
    InputStream in = zip.getInputStream(entry);
    if (in == null) {
      throw damaged(new ZipException("no data"));
    }
    return new Verified(in, entry);
  }

  private ZipArchiveEntry only() {
    List<ZipArchiveEntry> files = entries.stream().filter(ZipArchive::isFile).toList();
    if (files.size() != 1) {
      throw new FileException(
          0,
          "the zip archive holds " + (files.isEmpty() ? "no file" : files.size() + " files"),
          "pack exactly one file",
          null);
    }
    ZipArchiveEntry entry = files.get(0);
    refuseStrange(entry);
    return entry;
  }

  private static void refuseStrange(ZipArchiveEntry entry) {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new FileException(
          0, "the zip archive is encrypted", "pack it without a password", null);
    }
    if (entry.isUnixSymlink() || leavesFolder(entry.getName())) {
      throw new FileException(
          0,
          "the zip archive holds a link, or a name that leads out of its folder",
          "pack the file itself",
          null);
    }
    if (!METHODS.contains(entry.getMethod())) {
      throw new FileException(
          0,
          "the zip archive is packed by method " + entry.getMethod(),
          "pack it by the usual one, deflate",
          null);
    }
  }

  /** Folders and what macOS adds on its own are not counted. */
  private static boolean isFile(ZipArchiveEntry entry) {
    String name = entry.getName();
    return !entry.isDirectory() && !name.startsWith("__MACOSX/") && !name.endsWith(".DS_Store");
  }

  private static boolean leavesFolder(String name) {
    String slashed = name.replace('\\', '/');
    return slashed.startsWith("/")
        || slashed.indexOf(':') >= 0
        || List.of(slashed.split("/")).contains("..")
        || slashed.chars().anyMatch(Character::isISOControl);
  }

  private boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  private boolean holdsFolder(String prefix) {
    return entries.stream()
        .anyMatch(
            e -> e.getName().toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT)));
  }

  /** The library reads the directory whole; a million entries would not fit into memory. */
  private static void refuseLargeDirectory(SeekableByteChannel file) throws IOException {
    long size = file.size();
    int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    file.position(size - length);
    while (tail.hasRemaining() && file.read(tail) >= 0) {
      // until the end of the file
    }
    for (int at = tail.position() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE) {
        long offset = directory(file, tail, at, size - length + at);
        if (size - length + at - offset > LARGEST_DIRECTORY) {
          throw new FileException(
              0, "the zip archive has a directory of more than a megabyte", "pack one file", null);
        }
        return;
      }
    }
    throw damaged(new ZipException("no directory"));
  }

  private static long directory(SeekableByteChannel file, ByteBuffer tail, int at, long end)
      throws IOException {
    long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
    if (offset != IN_ZIP64) {
      return offset;
    }
    ByteBuffer locator = at(file, end - 20, 20);
    return at(file, locator.getLong(8), 56).getLong(48);
  }

  private static ByteBuffer at(SeekableByteChannel file, long position, int length)
      throws IOException {
    ByteBuffer read = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (position < 0) {
      throw new ZipException("the directory is not where it should be");
    }
    file.position(position);
    while (read.hasRemaining()) {
      if (file.read(read) < 0) {
        throw new ZipException("the directory is not where it should be");
      }
    }
    return read;
  }

  private static FileException damaged(Exception cause) {
    return new FileException(0, "the zip archive is damaged or not whole", "copy it again", cause);
  }

  /** Compares what was unpacked with the checksum that the archive gives. */
  private static final class Verified extends CheckedInputStream {
    private final ZipArchiveEntry entry;

    Verified(InputStream in, ZipArchiveEntry entry) {
      super(in, new CRC32());
      this.entry = entry;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      if (read < 0 && getChecksum().getValue() != entry.getCrc()) {
        throw new ZipException("the checksum does not match");
      }
      return read;
    }
  }
}
