package org.rollcall.settings;

/**
 * How long a membership stays after the source has ceased to want it.
 *
 * @param runs so many further runs must not want it either; 0 for none
 * @param days so many days must have passed; 0 for none
 */
public record Grace(int runs, int days) {
  public static final Grace NONE = new Grace(0, 0);

  @Override
  public String toString() {
    return runs > 0 ? runs + " runs" : days > 0 ? days + " days" : "none";
  }
}
