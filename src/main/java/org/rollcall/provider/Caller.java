package org.rollcall.provider;

/** Makes an operation's call through the route of its name. */
public interface Caller {
  /**
   * @param operation such as {@code read-lists}
   * @param body what the route expects
   * @return what the route ends with
   */
  Object call(String operation, Object body);
}
