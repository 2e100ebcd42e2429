package org.rollcall.settings;

/**
 * What is wrong with a file an integrator wrote, in one sentence.
 *
 * @param file the file as the integrator knows it, or where an override came from
 * @param line counted from 1; 0 when no single line is to blame
 * @param key the setting or route at fault; may be empty
 * @param what what is wrong, without the value when it is a secret
 * @param remedy what would be right
 */
public record Problem(String file, int line, String key, String what, String remedy) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    String subject = key.isEmpty() ? "" : key + ": ";
    return place + ": " + subject + what + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
