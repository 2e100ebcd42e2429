package org.rollcall.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out what a file is, layer by layer. */
final class Opening {
  private static final int HEAD = 1 << 12;
  private static final String WORKBOOK = "xlsx";

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
      refuseDeclared(format -> !format.equals(WORKBOOK), "a workbook");
      file.position(0);
      return Workbook.open(file, declared, limits);
    }
    Content content = unpacking.only(archive);
    Magic.ofTable(content.head(HEAD), true);
    return text(content);
  }

  private Table text(Content content) throws IOException {
    refuseDeclared(format -> format.equals(WORKBOOK), "a text");
    Encoding encoding = Encoding.of(content, declared.charset());
    Text text = new Text(content.open(), encoding, limits);
    String format = declared.format().orElseGet(() -> JsonTable.begins(text) ? "jsonl" : "csv");
    Table table =
        format.equals("jsonl")
            ? new JsonTable(text, encoding, content.container(), limits)
            : new CsvTable(text, encoding, content.container(), declared, limits);
    return new ClosingTable(table, file);
  }

  private void refuseDeclared(Predicate<String> contradicts, String found) {
    Optional<String> format = declared.format().filter(contradicts);
    if (format.isPresent()) {
      throw new FileException(
          0,
          "the file is declared to be " + format.get() + ", but is " + found,
          "save it as " + format.get() + ", or change the setting format",
          null);
    }
  }
}
