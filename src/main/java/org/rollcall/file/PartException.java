package org.rollcall.file;

import java.io.IOException;

/** Carries what is wrong with a part of a workbook through a reader that knows streams only. */
final class PartException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String remedy;

  PartException(String what, String remedy) {
    super(what);
    this.what = what;
    this.remedy = remedy;
  }

  FileException asFileException() {
    return new FileException(0, what, remedy, null);
  }
}
