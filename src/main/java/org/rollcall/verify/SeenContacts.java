package org.rollcall.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.Page;
import org.rollcall.provider.SeenContact;
import org.rollcall.store.Query;

/** Contacts that were read, collected page by page in a temporary table of one session. */
final class SeenContacts {
  private final Connection session;
  private final Predicate<String> erased;
  private final Map<String, Long> erasedOnLists = new HashMap<>();
  private long count;
  private long given;
  private long total;
  private @Nullable Instant newest;

  /**
   * @param erased addresses that are not taken up again, though the provider still holds them
   */
  SeenContacts(Connection session, Predicate<String> erased) throws SQLException {
    this.session = session;
    this.erased = erased;
    Query.of(
            session,
            "CREATE TEMP TABLE IF NOT EXISTS seen (contact_id text NOT NULL,"
                + " address text PRIMARY KEY, permission text NOT NULL,"
                + " unsubscribed boolean NOT NULL, deleted boolean NOT NULL,"
                + " opt_out_at timestamptz, opt_out_by text, opt_out_reason text, lists text,"
                + " updated_at timestamptz, opt_in_at timestamptz, opt_in_by text, fields text)")
        .update();
    Query.of(session, "TRUNCATE seen").update();
  }

  /** The provider's own count of what it is going to give, where it has one. */
  void counted(@Nullable Long contacts) {
    total = contacts == null ? 0 : contacts;
  }

  /** Whether the provider gave as many as it counts; more may have come meanwhile. */
  boolean whole() {
    return given >= total;
  }

  long total() {
    return total;
  }

  long given() {
    return given;
  }

  void add(Page<SeenContact> answer) throws SQLException {
    given += answer.given();
    List<SeenContact> read = answer.items();
    read.forEach(contact -> newest = later(newest, contact.updatedAt()));
    read.stream().filter(c -> erased.test(c.address())).forEach(this::countErased);
    List<SeenContact> page = read.stream().filter(c -> !erased.test(c.address())).toList();
    if (page.isEmpty()) {
      return;
    }
    count += page.size();
    Query.named(session, "verify/seen_page")
        .bind("ids", texts(page, SeenContact::id))
        .bind("addresses", texts(page, SeenContact::address))
        .bind("permissions", texts(page, SeenContact::permission))
        .bind("unsubscribed", texts(page, c -> Boolean.toString(c.unsubscribed())))
        .bind("deleted", texts(page, c -> Boolean.toString(c.deleted())))
        .bind("optOutAt", texts(page, c -> text(c.optOutAt())))
        .bind("optOutBy", texts(page, SeenContact::optOutBy))
        .bind("optOutReason", texts(page, SeenContact::optOutReason))
        .bind("lists", texts(page, c -> String.join(",", c.lists())))
        .bind("updatedAt", texts(page, c -> text(c.updatedAt())))
        .bind("optInAt", texts(page, c -> text(c.optInAt())))
        .bind("optInBy", texts(page, SeenContact::optInBy))
        .bind("fields", texts(page, SeenContact::fields))
        .update();
  }

  private void countErased(SeenContact contact) {
    contact.lists().forEach(list -> erasedOnLists.merge(list, 1L, Long::sum));
  }

  /** How many contacts of erased people are on which lists, by the provider's ids. */
  Map<String, Long> erasedOnLists() {
    return erasedOnLists;
  }

  /** The latest change among what was read, by the provider's clock. */
  Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  long count() {
    return count;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable String[] texts(
      List<SeenContact> page, Function<SeenContact, @Nullable String> column) {
    return page.stream().map(column).toArray(String[]::new);
  }
}
