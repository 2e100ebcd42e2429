package org.rollcall.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** Opens a file of members, whatever it is. */
public final class TableFile {
  private TableFile() {}

  /**
   * Opens a file, finds out what it is where that is not declared, and reads its header.
   *
   * @param file a regular file that nobody writes any more, open for reading; may be read twice.
   *     Closed with the table, and when this throws.
   * @throws FileException when it is no table, or beyond the limits
   */
  public static Table open(SeekableByteChannel file, Declared declared, Limits limits) {
    boolean opened = false;
    try {
      Table table = new Opening(file, declared, limits).table();
      opened = true;
      return table;
    } catch (IOException e) {
      throw Text.unreadable(e);
    } finally {
      if (!opened) {
        close(file);
      }
    }
  }

  private static void close(SeekableByteChannel file) {
    try {
      file.close();
    } catch (IOException ignored) {
      // it was only read, and there is a better exception on its way
    }
  }
}
