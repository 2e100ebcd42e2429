package org.rollcall.file;

import org.rollcall.file.WorkbookIndex.Sheet;

/** An open workbook: its parts, and what its sheets share. */
final class WorkbookSource implements AutoCloseable {
  private final WorkbookParts parts;
  private final WorkbookIndex index;
  private final CellFormats formats;
  private final SharedTexts texts = new SharedTexts();
  private final Limits limits;

  private WorkbookSource(WorkbookParts parts, WorkbookIndex index, Limits limits) {
    this.parts = parts;
    this.index = index;
    this.limits = limits;
    this.formats =
        index
            .styles()
            .flatMap(parts::xml)
            .map(WorkbookSource::formats)
            .orElseGet(CellFormats::none);
  }

  /**
   * @param parts closed with this, and when this throws
   */
  static WorkbookSource open(WorkbookParts parts, Limits limits) {
    try {
      WorkbookSource source = new WorkbookSource(parts, WorkbookIndex.read(parts), limits);
      try {
        source.index.texts().flatMap(parts::xml).ifPresent(source::load);
      } catch (RuntimeException e) {
        source.texts.close();
        throw e;
      }
      return source;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static CellFormats formats(WorkbookXml xml) {
    try (xml) {
      return CellFormats.read(xml);
    }
  }

  private void load(WorkbookXml xml) {
    try (xml) {
      new SharedTextsPart(xml, limits).readInto(texts);
    }
  }

  WorkbookIndex index() {
    return index;
  }

  /** The rows of a sheet, from the first one on. */
  SheetRows rows(Sheet sheet) {
    WorkbookXml xml =
        parts
            .xml(sheet.part())
            .orElseThrow(
                () ->
                    new FileException(
                        0,
                        "the workbook is damaged: the sheet "
                            + WorkbookIndex.quoted(sheet.name())
                            + " is not in it",
                        "send the file again",
                        null));
    return new SheetRows(xml, texts, formats, new SheetNumber(index.since1904()), limits);
  }

  @Override
  public void close() {
    texts.close();
    parts.close();
  }
}
