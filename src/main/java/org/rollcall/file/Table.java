package org.rollcall.file;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of texts with a header, read forward once. For one thread at a time. */
public interface Table extends AutoCloseable {
  /** How the file was understood, for people. */
  Recognised recognised();

  /** The names of the columns as the file gives them, without white space around them. */
  List<String> header();

  /**
   * The next line with anything in it; null after the last one.
   *
   * @throws FileException when nothing beyond this point can be read
   */
  @Nullable Line next();

  /**
   * Why the table must be taken to be cut off, for instance a quote that nothing closes; known
   * after the last line. Such a table never shows that somebody is missing from it.
   */
  Optional<String> cut();

  @Override
  void close();
}
