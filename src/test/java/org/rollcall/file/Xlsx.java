package org.rollcall.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Writes workbooks part by part, so that tests can write what no spreadsheet program would. */
final class Xlsx {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE =
      "http://schemas.openxmlformats.org/package/2006/relationships";

  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private final List<String> sheets = new ArrayList<>();
  private final List<String> relations = new ArrayList<>();
  private String properties = "";

  Xlsx() {
    type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    part(
        "_rels/.rels",
        "<Relationships xmlns='"
            + PACKAGE
            + "'><Relationship Id='rId1' Type='"
            + OFFICE
            + "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
  }

  /** A workbook with one sheet of these rows. */
  static Xlsx of(String... rows) {
    return new Xlsx().sheet("Members", "", String.join("", rows));
  }

  Xlsx type(String contentType) {
    return part(
        "[Content_Types].xml",
        "<Types><Override PartName='/xl/workbook.xml' ContentType='" + contentType + "'/></Types>");
  }

  Xlsx part(String name, String xml) {
    return part(name, xml.getBytes(StandardCharsets.UTF_8));
  }

  Xlsx part(String name, byte[] bytes) {
    parts.put(name, bytes);
    return this;
  }

  Xlsx without(String name) {
    parts.remove(name);
    return this;
  }

  /**
   * @param state {@code hidden}, {@code veryHidden} or empty
   * @param rows elements of sheetData
   */
  Xlsx sheet(String name, String state, String rows) {
    return rawSheet(
        name,
        state,
        "<worksheet xmlns='" + MAIN + "'><sheetData>" + rows + "</sheetData></worksheet>");
  }

  Xlsx rawSheet(String name, String state, String xml) {
    int number = sheets.size() + 1;
    part("xl/worksheets/sheet" + number + ".xml", xml);
    return refer(name, state, "worksheets/sheet" + number + ".xml", "");
  }

  Xlsx refer(String name, String state, String target, String more) {
    int number = sheets.size() + 1;
    sheets.add(
        "<sheet name='"
            + name
            + "' sheetId='"
            + number
            + "' r:id='rId"
            + number
            + "'"
            + (state.isEmpty() ? "" : " state='" + state + "'")
            + "/>");
    relation("rId" + number, "worksheet", target, more);
    return this;
  }

  private void relation(String id, String type, String target, String more) {
    relations.add(
        "<Relationship Id='"
            + id
            + "' Type='"
            + OFFICE
            + "/"
            + type
            + "' Target='"
            + target
            + "' "
            + more
            + "/>");
  }

  /** Elements of the part workbook.xml beside the sheets. */
  Xlsx properties(String xml) {
    properties = xml;
    return this;
  }

  Xlsx shared(String... items) {
    relation("texts", "sharedStrings", "sharedStrings.xml", "");
    return part(
        "xl/sharedStrings.xml", "<sst xmlns='" + MAIN + "'>" + String.join("", items) + "</sst>");
  }

  /** Formats numbered from 1 on; 0 is the general one. */
  Xlsx formats(String... codes) {
    relation("styles", "styles", "styles.xml", "");
    StringBuilder known = new StringBuilder();
    StringBuilder used = new StringBuilder("<xf numFmtId='0'/>");
    for (int i = 0; i < codes.length; i++) {
      String code = codes[i].replace("\"", "&quot;");
      known.append("<numFmt numFmtId='").append(164 + i).append("' formatCode=\"").append(code);
      known.append("\"/>");
      used.append("<xf numFmtId='").append(164 + i).append("'/>");
    }
    return part(
        "xl/styles.xml",
        "<styleSheet xmlns='"
            + MAIN
            + "'><numFmts>"
            + known
            + "</numFmts><cellStyleXfs>"
            + "<xf numFmtId='14'/></cellStyleXfs><cellXfs>"
            + used
            + "</cellXfs></styleSheet>");
  }

  byte[] bytes() {
    part(
        "xl/workbook.xml",
        "<workbook xmlns='"
            + MAIN
            + "' xmlns:r='"
            + OFFICE
            + "'>"
            + properties
            + "<sheets>"
            + String.join("", sheets)
            + "</sheets></workbook>");
    part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns='"
            + PACKAGE
            + "'>"
            + String.join("", relations)
            + "</Relationships>");
    return zip(parts);
  }

  /** As far as they are written. */
  Map<String, byte[]> parts() {
    return parts;
  }

  static byte[] zip(Map<String, byte[]> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  SeekableByteChannel channel() {
    return new SeekableInMemoryByteChannel(bytes());
  }

  Table open() {
    return Workbook.open(channel(), Declared.NOTHING, Limits.DEFAULT);
  }

  Table open(Limits limits) {
    return Workbook.open(channel(), Declared.NOTHING, limits);
  }

  Table open(String sheet) {
    return Workbook.open(
        channel(),
        new Declared(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(sheet)),
        Limits.DEFAULT);
  }

  static String row(int number, String... cells) {
    return "<row r='" + number + "'>" + String.join("", cells) + "</row>";
  }

  /** A cell with its text in it. */
  static String text(String at, String text) {
    return "<c r='" + at + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  static String number(String at, String value) {
    return "<c r='" + at + "'><v>" + value + "</v></c>";
  }

  static String number(String at, String value, int format) {
    return "<c r='" + at + "' s='" + format + "'><v>" + value + "</v></c>";
  }

  /** Everything a table gives: cells as lists, refused lines as their reasons. */
  static List<Object> lines(Table table) {
    List<Object> lines = new ArrayList<>();
    for (Line line = table.next(); line != null; line = table.next()) {
      lines.add(
          line instanceof Line.Cells cells
              ? new ArrayList<>(java.util.Arrays.asList(cells.cells()))
              : ((Line.Refused) line).reason());
    }
    return lines;
  }
}
