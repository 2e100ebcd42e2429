package org.rollcall.provider;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contact as the provider holds it.
 *
 * @param address in lower case
 * @param unsubscribed whether the contact may not be mailed because somebody opted out
 * @param optOutBy {@code Contact} when the person opted out, {@code Account} when staff did
 * @param optInAt since when the contact may be mailed, and {@code optInBy} whose doing that was
 * @param updatedAt by the provider's clock, absent when it did not say
 * @param fields as JSON in the hub's own words, as far as they were asked for; absent when they
 *     were not read
 * @param lists the provider's ids of the lists the contact is on
 */
public record SeenContact(
    String id,
    String address,
    String permission,
    boolean unsubscribed,
    boolean deleted,
    @Nullable Instant optOutAt,
    @Nullable String optOutBy,
    @Nullable String optOutReason,
    List<String> lists,
    @Nullable Instant updatedAt,
    @Nullable Instant optInAt,
    @Nullable String optInBy,
    @Nullable String fields) {
  public SeenContact(
      String id,
      String address,
      String permission,
      boolean unsubscribed,
      boolean deleted,
      @Nullable Instant optOutAt,
      @Nullable String optOutBy,
      @Nullable String optOutReason,
      List<String> lists,
      @Nullable Instant updatedAt,
      @Nullable Instant optInAt,
      @Nullable String optInBy) {
    this(
        id,
        address,
        permission,
        unsubscribed,
        deleted,
        optOutAt,
        optOutBy,
        optOutReason,
        lists,
        updatedAt,
        optInAt,
        optInBy,
        null);
  }

  /** The same contact with its fields in other words. */
  public SeenContact withFields(String others) {
    return new SeenContact(
        id,
        address,
        permission,
        unsubscribed,
        deleted,
        optOutAt,
        optOutBy,
        optOutReason,
        lists,
        updatedAt,
        optInAt,
        optInBy,
        others);
  }
}
