package org.rollcall.store;

import java.nio.file.Path;

/** What the embedded PostgreSQL printed when it failed, as a sentence that says what to do. */
final class Trouble {
  private Trouble() {}

  static String sentence(Exception failure) {
    // Some say what is wrong by their class alone; their message is the path.
    return sentence(failure.toString(), failure.toString());
  }

  /**
   * @param otherwise where to look when the output is none of the known ones
   */
  static String sentence(String output, Path otherwise) {
    return sentence(output, "see " + otherwise + " (" + lastLine(output) + ")");
  }

  private static String sentence(String output, String otherwise) {
    if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
      return "the disk is full; free some space and start again";
    }
    if (output.contains("Permission denied") || output.contains("AccessDenied")) {
      return "the user Rollcall runs as may not write there";
    }
    if (output.contains("Read-only file system") || output.contains("ReadOnlyFileSystem")) {
      return "the file system is read-only";
    }
    if (output.contains("Address already in use")) {
      return "its port was taken by another program each time; start again";
    }
    if (output.contains("could not create shared memory")
        || output.contains("could not map anonymous shared memory")
        || output.contains("Cannot allocate memory")) {
      return "there is not enough memory; it needs about 200 MB";
    }
    if (output.contains("lock file \"postmaster.pid\" already exists")) {
      return "another PostgreSQL, perhaps in another container, runs on the same folder";
    }
    return otherwise;
  }

  private static String lastLine(String output) {
    String stripped = output.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1);
  }
}
