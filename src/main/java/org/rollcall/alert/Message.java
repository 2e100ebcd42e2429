package org.rollcall.alert;

/**
 * A message to staff, in plain text.
 *
 * @param subject one line
 * @param body lines that end with a line feed
 */
public record Message(String subject, String body) {
  private static final int LONGEST_SUBJECT = 150;

  /** Whatever the subject was made of, it is one line. */
  public Message {
    subject = Plain.line(subject, LONGEST_SUBJECT);
  }
}
