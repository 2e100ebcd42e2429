package org.rollcall.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Finds out what a file is, layer by layer. */
final class Opening {
  private static final int HEAD = 1 << 12;

  private final SeekableByteChannel file;
  private final Declared declared;
  private final Limits limits;
  private final Unpacking unpacking;

  Opening(SeekableByteChannel file, Declared declared, Limits limits) {
    this.file = file;
    this.declared = declared;
    this.limits = limits;
    this.unpacking = new Unpacking(file, limits);
  }

  Table table() throws IOException {
    refuseLarge();
    Content raw = unpacking.plainOrGzip(Magic.NONE);
    Magic magic = Magic.ofTable(raw.head(HEAD), false);
    if (magic == Magic.ZIP) {
      return archive();
    }
    Content content = unpacking.plainOrGzip(magic);
    if (magic == Magic.GZIP) {
      Magic.ofTable(content.head(HEAD), true);
    }
    return text(content);
  }

  private void refuseLarge() throws IOException {
    if (file.size() > limits.bytes()) {
      throw new FileException(
          0, "the file has more than " + limits.bytes() + " bytes", "split it", null);
    }
  }

  private Table archive() throws IOException {
    ZipArchive archive = unpacking.zip();
    String foreign = archive.otherFormat();
    if (foreign != null) {
      throw Magic.refused(foreign);
    }
    if (archive.isWorkbook()) {
      refuseUndeclared("xlsx");
      file.position(0);
      return Workbook.open(file, declared, limits);
    }
    Content content = unpacking.only(archive);
    Magic.ofTable(content.head(HEAD), true);
    return text(content);
  }

  private Table text(Content content) throws IOException {
    Encoding encoding = Encoding.of(content, declared.charset());
    InputStream bytes = content.open();
    Text text = new Text(bytes, encoding, limits);
    String format = declared.format().orElseGet(() -> JsonTable.begins(text) ? "jsonl" : "csv");
    refuseUndeclared(format);
    Table table =
        format.equals("jsonl")
            ? new JsonTable(text, encoding, content.container(), limits)
            : new CsvTable(text, encoding, content.container(), declared, limits);
    return new ClosingTable(table, file);
  }

  /** What was found out has to be what was declared, as far as that can be told. */
  private void refuseUndeclared(String found) {
    Optional<String> format = declared.format().filter(known -> !known.equals(found));
    boolean text = format.isPresent() && format.get().equals("xlsx");
    if (format.isPresent() && (text || found.equals("xlsx"))) {
      throw new FileException(
          0,
          "the file is declared to be "
              + format.get()
              + ", but is "
              + (text ? "a text" : "a workbook"),
          "save it as " + format.get() + ", or change the setting format",
          null);
    }
  }
}
