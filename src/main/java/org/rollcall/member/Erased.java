package org.rollcall.member;

import org.jspecify.annotations.Nullable;

/** Whom the hub has forgotten at their request, and does not take up again. */
public interface Erased {
  Erased NOBODY = (key, address) -> false;

  /**
   * @param address in its comparable form; null when there is none
   */
  boolean contains(String key, @Nullable String address);
}
