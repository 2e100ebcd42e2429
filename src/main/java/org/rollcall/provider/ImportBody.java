package org.rollcall.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of one import while it is filled. */
public interface ImportBody {
  /**
   * Adds a contact if it still fits.
   *
   * @param fields the contact's fields as JSON in the hub's own words, or null for the address
   *     alone
   * @return false when the body is full; the contact then belongs into the next one
   */
  boolean offer(String address, @Nullable String fields);

  int rows();

  /** The finished body for these lists. */
  byte[] finish(List<String> listIds);
}
