package org.rollcall.settings;

/**
 * The guard's limit, a number or a percentage. A percentage always lets one removal through, or no
 * member could ever leave a group of nine.
 */
public record MaxRemovals(int value, boolean percentage) {
  public MaxRemovals {
    if (value < 0 || (percentage && value > 100)) {
      throw new IllegalArgumentException("a number from 0 on, or a percentage from 0% to 100%");
    }
  }

  /** Whether this many removals out of so many memberships exceed the limit. */
  public boolean exceededBy(long removals, long memberships) {
    if (!percentage) {
      return removals > value;
    }
    return removals > 1 && removals * 100 > memberships * value;
  }

  @Override
  public String toString() {
    return percentage ? value + "%" : Integer.toString(value);
  }
}
