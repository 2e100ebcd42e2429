package org.rollcall.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** Tells apart what spreadsheet programs save, by content and never by the name of the file. */
final class WorkbookKind {
  private static final long OLE2 = 0xE11AB1A1E011CFD0L;
  private static final int FIRST_DIRECTORY = 0x30;
  private static final int SECTOR_SHIFT = 0x1e;
  private static final int HEADER = 512;
  private static final int DIRECTORY = 4096;
  private static final String TYPES = "[Content_Types].xml";
  private static final String AS_XLSX = "save it as an Excel workbook (.xlsx) or as CSV";

  private WorkbookKind() {}

  /** Refuses workbooks in the container of the years before 2007, each by its name. */
  static void refuseOld(SeekableByteChannel file) {
    try {
      ByteBuffer header = read(file, 0, HEADER);
      file.position(0);
      if (header.remaining() >= Long.BYTES && header.getLong(0) == OLE2) {
        throw old(directory(file, header));
      }
    } catch (IOException e) {
      throw new FileException(0, "the file cannot be read", "", e);
    }
  }

  private static FileException old(String directory) {
    if (directory.contains("EncryptedPackage")) {
      return new FileException(
          0, "the workbook is encrypted with a password", "save it without a password", null);
    }
    boolean workbook = directory.contains("Workbook") || directory.contains("Book");
    return new FileException(
        0,
        workbook
            ? "this is a workbook of Excel 97 to 2003 (.xls)"
            : "this is an old Office file, and no workbook that can be read",
        AS_XLSX,
        null);
  }

  /** The names in the first sector of the directory, as one text. */
  private static String directory(SeekableByteChannel file, ByteBuffer header) throws IOException {
    if (header.remaining() < HEADER) {
      return "";
    }
    int shift = Math.min(Math.max(header.getShort(SECTOR_SHIFT), 9), 12);
    long sector = header.getInt(FIRST_DIRECTORY) & 0xffffffffL;
    ByteBuffer names = read(file, (sector + 1) << shift, DIRECTORY);
    return StandardCharsets.UTF_16LE.decode(names).toString();
  }

  private static ByteBuffer read(SeekableByteChannel file, long from, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    file.position(from);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = file.read(bytes);
    }
    return bytes.flip();
  }

  /** Refuses archives that are something else than an Excel workbook in XML, each by its name. */
  static void refuseOther(WorkbookParts parts) {
    if (!parts.has(TYPES)) {
      throw new FileException(0, other(parts), AS_XLSX, null);
    }
    try (WorkbookXml types = parts.xml(TYPES).orElseThrow()) {
      boolean workbook = false;
      while (types.nextElement()) {
        String type = types.attribute("ContentType");
        if (type != null) {
          refuse(type);
          boolean excel = type.contains("spreadsheetml") || type.contains("ms-excel");
          workbook |= excel && type.endsWith(".main+xml");
        }
      }
      if (!workbook) {
        throw new FileException(0, "this archive is no workbook", AS_XLSX, null);
      }
    }
  }

  private static void refuse(String type) {
    if (type.contains("sheet.binary")) {
      throw new FileException(0, "this is a binary workbook (.xlsb)", AS_XLSX, null);
    }
    if (type.contains("wordprocessingml") && type.endsWith(".main+xml")) {
      throw new FileException(0, "this is a text document (.docx)", AS_XLSX, null);
    }
    if (type.contains("presentationml") && type.endsWith(".main+xml")) {
      throw new FileException(0, "this is a presentation (.pptx)", AS_XLSX, null);
    }
  }

  private static String other(WorkbookParts parts) {
    if (parts.hasBelow("index/") && parts.has("Metadata/DocumentIdentifier")
        || parts.has("Index/Document.iwa")
        || parts.has("Index.zip")) {
      return "this is a Numbers table";
    }
    if (parts.has("mimetype") && parts.has("content.xml")) {
      return mimeType(parts).contains("opendocument.spreadsheet")
          ? "this is an OpenDocument table (.ods)"
          : "this is an OpenDocument file, and no workbook that can be read";
    }
    return "this archive is no workbook";
  }

  private static String mimeType(WorkbookParts parts) {
    try (InputStream stream = parts.stream("mimetype").orElseThrow()) {
      return new String(stream.readNBytes(200), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
