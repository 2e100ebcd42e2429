package org.rollcall.provider;

import java.time.Instant;
import java.util.List;

/** Which contacts to read; deleted and unsubscribed ones are always part of the answer. */
public sealed interface ContactQuery {
  /**
   * Everything the account holds.
   *
   * @param inFull with custom fields, telephone numbers and street addresses
   */
  record Everything(boolean inFull) implements ContactQuery {}

  /** Contacts changed since, by the provider's clock. */
  record ChangedSince(Instant since) implements ContactQuery {}

  /** Contacts who opted out since, by the provider's clock. */
  record OptedOutSince(Instant since) implements ContactQuery {}

  /** The contact with exactly this address, if there is one. */
  record WithAddress(String address) implements ContactQuery {}

  /** Contacts on any of these lists. */
  record OnLists(List<String> listIds) implements ContactQuery {}
}
