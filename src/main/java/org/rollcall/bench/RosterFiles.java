package org.rollcall.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The measured rows as files: what somebody would export from the member database. */
final class RosterFiles {
  private static final int FETCH_SIZE = 1_000;
  private static final String NAMESPACE = "http://schemas.openxmlformats.org/";
  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  private final Connection owner;

  RosterFiles(Connection owner) {
    this.owner = owner;
  }

  void csv(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      owner
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + BenchSource.QUERY + ") TO STDOUT (FORMAT csv, HEADER)", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the measured rows cannot be exported", e);
    }
  }

  /** A workbook with one sheet and texts inside the cells (ECMA-376 part 1, 18.3.1.4). */
  void xlsx(Path file) {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\""
              + NAMESPACE
              + "package/2006/content-types\">"
              + override("/xl/workbook.xml", "sheet.main")
              + override("/xl/worksheets/sheet1.xml", "worksheet")
              + "<Default Extension=\"rels\""
              + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + "</Types>");
      part(zip, "_rels/.rels", relation("officeDocument", "xl/workbook.xml"));
      part(zip, "xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"));
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\""
              + NAMESPACE
              + "spreadsheetml/2006/main\" xmlns:r=\""
              + NAMESPACE
              + "officeDocument/2006/relationships\"><sheets>"
              + "<sheet name=\"Members\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      sheet(zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the measured rows cannot be exported", e);
    }
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"%s\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.%s+xml\"/>"
        .formatted(part, type);
  }

  private static String relation(String type, String target) {
    return "<Relationships xmlns=\"%1$spackage/2006/relationships\"><Relationship Id=\"r1\" Type=\"%1$sofficeDocument/2006/relationships/%2$s\" Target=\"%3$s\"/></Relationships>"
        .formatted(NAMESPACE, type, target);
  }

  private static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write((XML + text).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private void sheet(OutputStream out) throws IOException, SQLException {
    boolean before = owner.getAutoCommit();
    owner.setAutoCommit(false);
    try (Statement statement = owner.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      write(out, XML + "<worksheet xmlns=\"" + NAMESPACE + "spreadsheetml/2006/main\"><sheetData>");
      try (ResultSet rows = statement.executeQuery(BenchSource.QUERY)) {
        rows(out, rows);
      }
      write(out, "</sheetData></worksheet>");
    } finally {
      owner.rollback();
      owner.setAutoCommit(before);
    }
  }

  private static void rows(OutputStream out, ResultSet rows) throws IOException, SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringBuilder header = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      cell(header, rows.getMetaData().getColumnLabel(i));
    }
    write(out, "<row>" + header + "</row>");
    while (rows.next()) {
      StringBuilder row = new StringBuilder("<row>");
      for (int i = 1; i <= columns; i++) {
        cell(row, rows.getString(i));
      }
      write(out, row.append("</row>").toString());
    }
  }

  private static void cell(StringBuilder row, @Nullable String text) {
    if (text == null) {
      row.append("<c/>");
    } else {
      String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
      row.append("<c t=\"inlineStr\"><is><t>").append(escaped).append("</t></is></c>");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
