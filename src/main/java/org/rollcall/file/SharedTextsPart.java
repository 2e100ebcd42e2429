package org.rollcall.file;

import javax.xml.stream.XMLStreamConstants;

/** The part of a workbook with the texts that cells name by number. */
final class SharedTextsPart {
  private final WorkbookXml xml;
  private final TextRun run;

  SharedTextsPart(WorkbookXml xml, Limits limits) {
    this.xml = xml;
    this.run = new TextRun(limits.cellChars() + 1);
  }

  void readInto(SharedTexts texts) {
    while (xml.nextElement()) {
      if (xml.name().equals("si")) {
        readItem();
        texts.add(run.text());
      }
    }
  }

  /** The runs of one item joined; how it is pronounced is left out. */
  private void readItem() {
    run.clear();
    boolean phonetic = false;
    boolean taking = false;
    for (int event = xml.next(); ; event = xml.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          phonetic |= xml.name().equals("rPh");
          taking = xml.name().equals("t") && !phonetic;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (xml.name().equals("si")) {
            return;
          }
          phonetic &= !xml.name().equals("rPh");
          taking = false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (taking) {
            run.append(xml.reader());
          }
        }
        default -> {
          // comments and processing instructions say nothing
        }
      }
    }
  }
}
