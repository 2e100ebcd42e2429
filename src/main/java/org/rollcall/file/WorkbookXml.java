package org.rollcall.file;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One XML part of a workbook, read forward. Nothing outside the part is ever looked at: a document
 * type, and with it every entity, is refused. Elements are known by their local names, because
 * workbooks of the strict kind use other name spaces for the same things.
 */
final class WorkbookXml implements AutoCloseable {
  private static final XMLInputFactory FACTORY = factory();

  private final InputStream bytes;
  private final XMLStreamReader reader;

  WorkbookXml(InputStream bytes) {
    this.bytes = bytes;
    try {
      this.reader = FACTORY.createXMLStreamReader(bytes);
    } catch (XMLStreamException e) {
      throw damaged(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(WstxInputProperties.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 100);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 200);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 65_536);
    return factory;
  }

  /**
   * Goes on to the next event: one of {@link XMLStreamConstants}.
   *
   * @throws FileException when the part is no well-formed XML
   */
  int next() {
    try {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD) {
        throw new FileException(
            0,
            "the workbook holds a document type declaration, which no spreadsheet program writes",
            "save it anew with a spreadsheet program",
            null);
      }
      return event;
    } catch (XMLStreamException e) {
      throw damaged(e);
    }
  }

  /** Goes on to the next start of an element, and is false when there is none. */
  boolean nextElement() {
    for (int event = next(); event != XMLStreamConstants.END_DOCUMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        return true;
      }
    }
    return false;
  }

  String name() {
    return reader.getLocalName();
  }

  @Nullable String attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name)) {
        return reader.getAttributeValue(i);
      }
    }
    return null;
  }

  /** The attribute that names a relation; other attributes share its local name. */
  @Nullable String relation() {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String space = reader.getAttributeNamespace(i);
      if (reader.getAttributeLocalName(i).equals("id")
          && space != null
          && space.endsWith("/relationships")) {
        return reader.getAttributeValue(i);
      }
    }
    return null;
  }

  boolean flag(String name) {
    String value = attribute(name);
    return value != null && (value.equals("1") || value.equals("true") || value.equals("on"));
  }

  XMLStreamReader reader() {
    return reader;
  }

  private static FileException damaged(XMLStreamException e) {
    if (e.getNestedException() instanceof PartException nested) {
      return nested.asFileException();
    }
    return new FileException(
        0,
        "the workbook is damaged: a part of it is no readable XML",
        "open it with a spreadsheet program, save it and send it again",
        null);
  }

  @Override
  public void close() {
    try {
      reader.close();
      bytes.close();
    } catch (XMLStreamException | java.io.IOException e) {
      // read only: what there was to say has been said while reading
    }
  }
}
