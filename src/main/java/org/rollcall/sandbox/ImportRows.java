package org.rollcall.sandbox;

import java.util.function.Predicate;

/** Reads the rows of an import body again and again; nothing but the body is kept. */
interface ImportRows {
  /** Hands out the rows from the first on until the taker has had enough. */
  void read(Predicate<ImportRow> taker);
}
