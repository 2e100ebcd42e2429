package org.rollcall.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The parts of a workbook by their names. The names are keys of this map and nothing else: no path
 * is ever built of one.
 */
final class WorkbookParts implements AutoCloseable {
  /** An archive's list of entries is held in memory; that of a true workbook takes kilobytes. */
  private static final int MOST_ENTRIES = 20_000;

  private static final long LARGEST_LIST = 8L << 20;

  private final ZipFile archive;
  private final PartBudget budget;
  private final Map<String, ZipArchiveEntry> parts = new HashMap<>();

  private WorkbookParts(ZipFile archive, PartBudget budget) {
    this.archive = archive;
    this.budget = budget;
  }

  /**
   * @param file closed with this, and when this throws
   */
  static WorkbookParts open(SeekableByteChannel file, PartBudget budget) {
    CountedChannel counted = new CountedChannel(file, LARGEST_LIST);
    try {
      ZipFile archive =
          ZipFile.builder().setSeekableByteChannel(counted).setIgnoreLocalFileHeader(true).get();
      counted.lift();
      WorkbookParts parts = new WorkbookParts(archive, budget);
      try {
        parts.list();
      } catch (FileException e) {
        parts.close();
        throw e;
      }
      return parts;
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      close(file);
      throw unreadable(e);
    }
  }

  private static FileException unreadable(Exception e) {
    return e instanceof PartException part
        ? part.asFileException()
        : new FileException(
            0,
            "the workbook is cut off or damaged: the list of its parts cannot be read",
            "send the file again",
            null);
  }

  private void list() {
    Enumeration<ZipArchiveEntry> entries = archive.getEntries();
    int count = 0;
    while (entries.hasMoreElements()) {
      ZipArchiveEntry entry = entries.nextElement();
      if (++count > MOST_ENTRIES) {
        throw new FileException(
            0, "the workbook has more than " + MOST_ENTRIES + " parts", "send it as CSV", null);
      }
      if (parts.put(key(entry.getName()), entry) != null) {
        throw new FileException(
            0, "the workbook holds a part twice", "save it anew with a spreadsheet program", null);
      }
    }
  }

  /** Names of parts are compared without regard to case (ECMA-376, part 2, 6.2.2). */
  private static String key(String name) {
    String slashed = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return slashed.startsWith("/") ? slashed.substring(1) : slashed;
  }

  boolean has(String name) {
    return parts.containsKey(key(name));
  }

  /** Whether a name of a part begins so. */
  boolean hasBelow(String prefix) {
    return parts.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** The part read as XML; empty when there is none of that name. */
  Optional<WorkbookXml> xml(String name) {
    return stream(name).map(WorkbookXml::new);
  }

  /** The bytes of a part; empty when there is none of that name. */
  Optional<InputStream> stream(String name) {
    ZipArchiveEntry entry = parts.get(key(name));
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.getGeneralPurposeBit().usesEncryption() || !archive.canReadEntryData(entry)) {
      throw new FileException(
          0,
          "the parts of the workbook are encrypted, or packed in a way that spreadsheets are not",
          "save it without a password",
          null);
    }
    try {
      budget.open(entry.getCompressedSize());
      return Optional.of(new PartStream(archive.getInputStream(entry), budget, entry.getCrc()));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    close(archive);
  }

  static void close(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      // read only: what there was to say has been said while reading
    }
  }

  /** Lets no more than so many bytes be read until the limit is lifted. */
  private static final class CountedChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private long left;

    CountedChannel(SeekableByteChannel file, long left) {
      this.file = file;
      this.left = left;
    }

    void lift() {
      left = Long.MAX_VALUE;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int count = file.read(target);
      left -= Math.max(0, count);
      if (left < 0) {
        throw new PartException("the list of the workbook's parts is too long", "send it as CSV");
      }
      return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      throw new IOException("workbooks are only read");
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      throw new IOException("workbooks are only read");
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
