package org.rollcall.file;

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
    throw new UnsupportedOperationException("yet to come");
  }
}
