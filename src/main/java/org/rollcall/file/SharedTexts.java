package org.rollcall.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts by their number, written once in order and then read in any order. The first {@value
 * #KEPT_PAGES} pages stay in memory: programs number texts as they first meet them, so these hold
 * what is repeated. The rest lies in a file of the owner's alone that has no name and goes with the
 * process. A million rows of a workbook may have millions of different texts.
 */
final class SharedTexts implements AutoCloseable {
  private static final int PAGE = 1 << 16;
  private static final int KEPT_PAGES = 192;
  private static final int READ_PAGES = 64;

  /** Of so many texts in a row only the first one's place is remembered. */
  private static final int STRIDE = 32;

  private static final int REPEATED = 1 << 14;
  private static final int LONGEST_REPEATED = 80;

  private final List<byte[]> kept = new ArrayList<>();
  private byte[] page = new byte[PAGE];
  private long size;
  private int count;
  private long[] places = new long[1024];
  private @Nullable FileChannel overflow;

  private final Map<Long, byte[]> read = new ReadPages();
  private final @Nullable String[] repeated = new String[REPEATED];
  private final int[] repeatedIndex = new int[REPEATED];
  private int highest = -1;
  private int nextIndex = -1;
  private long nextPlace;

  /** Pages of the file, the ones used last. */
  private static final class ReadPages extends LinkedHashMap<Long, byte[]> {
    private static final long serialVersionUID = 1L;

    ReadPages() {
      super(READ_PAGES * 2, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
      return size() > READ_PAGES;
    }
  }

  /** Adds the text with the next number, from 0. */
  void add(CharSequence text) {
    if (count % STRIDE == 0) {
      int slot = count / STRIDE;
      if (slot == places.length) {
        places = Arrays.copyOf(places, places.length * 2);
      }
      places[slot] = size;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    write((byte) (bytes.length >>> 24));
    write((byte) (bytes.length >>> 16));
    write((byte) (bytes.length >>> 8));
    write((byte) bytes.length);
    write(bytes);
    count++;
  }

  private void write(byte one) {
    page[(int) (size++ % PAGE)] = one;
    if (size % PAGE == 0) {
      turn();
    }
  }

  private void write(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      int at = (int) (size % PAGE);
      int length = Math.min(PAGE - at, bytes.length - from);
      System.arraycopy(bytes, from, page, at, length);
      size += length;
      from += length;
      if (size % PAGE == 0) {
        turn();
      }
    }
  }

  /** Puts a full page away. */
  private void turn() {
    if (kept.size() < KEPT_PAGES) {
      kept.add(page);
      page = new byte[PAGE];
      return;
    }
    try {
      ByteBuffer full = ByteBuffer.wrap(page);
      FileChannel file = file();
      while (full.hasRemaining()) {
        file.write(full);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static FileException noRoom(IOException e) {
    return new FileException(
        0, "the texts of the workbook cannot be put aside", "make room on the disk", e);
  }

  private FileChannel file() throws IOException {
    FileChannel known = overflow;
    if (known == null) {
      Path path = Files.createTempFile("workbook", ".texts", ownerOnly());
      known =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      overflow = known;
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

  int count() {
    return count;
  }

  /**
   * The text of that number.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  String text(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException("text " + index + " of " + count);
    }
    int slot = index & (REPEATED - 1);
    String known = repeated[slot];
    if (known != null && repeatedIndex[slot] == index) {
      return known;
    }
    String text = find(index);
    // a text met for the first time may well be its only one
    if (index <= highest && text.length() <= LONGEST_REPEATED) {
      repeated[slot] = text;
      repeatedIndex[slot] = index;
    }
    highest = Math.max(highest, index);
    return text;
  }

  private String find(int index) {
    long place = places[index / STRIDE];
    int at = index - index % STRIDE;
    if (nextIndex <= index && nextIndex > at) {
      at = nextIndex;
      place = nextPlace;
    }
    while (at < index) {
      place += Integer.BYTES + length(place);
      at++;
    }
    int length = length(place);
    byte[] bytes = new byte[length];
    copy(place + Integer.BYTES, bytes);
    nextIndex = index + 1;
    nextPlace = place + Integer.BYTES + length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int length(long place) {
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = length << 8 | page((place + i) / PAGE)[(int) ((place + i) % PAGE)] & 0xff;
    }
    return length;
  }

  private void copy(long place, byte[] target) {
    int done = 0;
    while (done < target.length) {
      int at = (int) ((place + done) % PAGE);
      int length = Math.min(PAGE - at, target.length - done);
      System.arraycopy(page((place + done) / PAGE), at, target, done, length);
      done += length;
    }
  }

  private byte[] page(long number) {
    if (number < kept.size()) {
      return kept.get((int) number);
    }
    if (number == size / PAGE) {
      return page;
    }
    byte[] known = read.get(number);
    if (known == null) {
      known = fetch((number - KEPT_PAGES) * PAGE);
      read.put(number, known);
    }
    return known;
  }

  private byte[] fetch(long from) {
    ByteBuffer bytes = ByteBuffer.allocate(PAGE);
    try {
      FileChannel file = file();
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = file.read(bytes, from + bytes.position());
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
    return bytes.array();
  }

  @Override
  public void close() {
    if (overflow != null) {
      WorkbookParts.close(overflow);
    }
  }
}
