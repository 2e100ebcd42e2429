package org.rollcall.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closes the file with the table. */
record ClosingTable(Table table, SeekableByteChannel file) implements Table {
  @Override
  public Recognised recognised() {
    return table.recognised();
  }

  @Override
  public List<String> header() {
    return table.header();
  }

  @Override
  public @Nullable Line next() {
    return table.next();
  }

  @Override
  public Optional<String> cut() {
    return table.cut();
  }

  @Override
  public void close() {
    try (file) {
      table.close();
    } catch (IOException e) {
      throw new FileException(0, "the file cannot be closed", "", e);
    }
  }
}
