package org.rollcall.directory;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.SortName;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The members of all syncs. */
public final class Directory {
  private static final String FARTHEST = new String(Character.toChars(Character.MAX_CODE_POINT));
  private static final int RELATIVES = 50;

  private final Store store;

  public Directory(Store store) {
    this.store = store;
  }

  /** A member that was found; {@code groups} is how many the source gives at present. */
  public record Hit(
      String sync, String key, @Nullable String name, @Nullable String address, long groups) {}

  /**
   * Members that were found.
   *
   * @param next where the search goes on, absent at its end; it holds what was typed and is as
   *     personal as that
   */
  public record Hits(List<Hit> members, @Nullable String next) {}

  /**
   * Somebody in the sync.
   *
   * @param kind {@code person} or {@code company}; absent without a name
   * @param parent what stands above it in the family tree
   * @param family members below it, and those below the same parent; the first so many
   */
  public record Profile(
      String sync,
      String key,
      @Nullable String name,
      @Nullable String kind,
      List<Row> rows,
      @Nullable Relative parent,
      List<Relative> family) {
    /** Whether the source still gives the member. */
    public boolean present() {
      return rows.stream().anyMatch(Row::present);
    }
  }

  /**
   * The member in one group.
   *
   * @param given the address as the source gives it, {@code address} as it is used
   * @param since when the hub learnt of this address
   */
  public record Row(
      String group,
      boolean present,
      @Nullable String given,
      @Nullable String address,
      Instant since) {}

  /**
   * @param how {@code parent}, {@code child} or {@code sibling}
   */
  public record Relative(String key, @Nullable String name, String how) {}

  /**
   * A change of the member's address.
   *
   * @param kind {@code moved}, {@code merged}, {@code provider}, {@code decided}; {@code left} for
   *     an address the source gave before
   * @param address absent when the source gave the former one before
   */
  public record AddressChange(
      String kind,
      String former,
      @Nullable String address,
      Instant at,
      @Nullable String by,
      @Nullable Long run) {}

  /** Where a search goes on: what matched last, and for whom. */
  private record Mark(String matched, String sync, String key) {
    static final Mark START = new Mark("", "", "");

    String text() {
      return Base64.getUrlEncoder()
          .encodeToString(String.join("\n", matched, sync, key).getBytes(StandardCharsets.UTF_8));
    }

    static Mark of(String text) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 3);
        return parts.length == 3 ? new Mark(parts[0], parts[1], parts[2]) : START;
      } catch (IllegalArgumentException e) {
        return START;
      }
    }
  }

  private record Found(Hit hit, Mark mark) {}

  /**
   * Members whose key, address or name (first or last name first) begins with a text, whatever its
   * case. Somebody who is found by several of them may come twice, on different pages.
   *
   * @param sync where to look; null everywhere
   * @param from {@link Hits#next} of the page before; null begins
   */
  public Hits find(String text, @Nullable String sync, @Nullable String from, int atMost) {
    String typed = text.replaceAll("\\p{Cntrl}", "").strip();
    if (typed.isEmpty()) {
      return new Hits(List.of(), null);
    }
    Mark after = from == null ? Mark.START : Mark.of(from);
    List<Found> found =
        store.transaction(
            connection ->
                Query.named(connection, "directory/find")
                    .bind("text", typed)
                    .bind("sortText", SortName.beginning(typed))
                    .bind("farthest", FARTHEST)
                    .bind("sync", sync)
                    .bind("matched", after.matched().replace("\0", ""))
                    .bind("atSync", after.sync().replace("\0", ""))
                    .bind("atKey", after.key().replace("\0", ""))
                    .bind("most", atMost + 1)
                    .list(Directory::found));
    boolean more = found.size() > atMost;
    List<Found> shown = more ? found.subList(0, atMost) : found;
    Map<String, Hit> once = new LinkedHashMap<>();
    shown.forEach(one -> once.putIfAbsent(one.hit().sync() + "\n" + one.hit().key(), one.hit()));
    return new Hits(
        List.copyOf(once.values()), more ? shown.get(shown.size() - 1).mark().text() : null);
  }

  private static Found found(ResultSet row) throws SQLException {
    Hit hit =
        new Hit(
            row.getString("sync"),
            row.getString("member_key"),
            row.getString("display_name"),
            row.getString("address"),
            row.getLong("present"));
    return new Found(hit, new Mark(row.getString("matched"), hit.sync(), hit.key()));
  }

  /** Empty when the sync does not know the member. */
  public Optional<Profile> profile(String sync, String key) {
    return store.transaction(
        connection -> {
          List<Known> known =
              member(connection, "directory/rows", sync, key).list(Directory::known);
          return known.isEmpty()
              ? Optional.<Profile>empty()
              : Optional.of(profile(connection, sync, key, known));
        });
  }

  private record Known(Row row, @Nullable String name, @Nullable String kind) {}

  private static Known known(ResultSet row) throws SQLException {
    return new Known(
        new Row(
            row.getString("group_name"),
            row.getBoolean("present"),
            row.getString("email"),
            row.getString("address"),
            Objects.requireNonNull(Query.instant(row, "address_since"))),
        row.getString("display_name"),
        row.getString("kind"));
  }

  private static Profile profile(Connection connection, String sync, String key, List<Known> known)
      throws SQLException {
    List<Relative> relatives =
        member(connection, "directory/family", sync, key)
            .bind("most", RELATIVES)
            .list(
                row ->
                    new Relative(
                        row.getString("member_key"),
                        row.getString("display_name"),
                        row.getString("how")));
    Known first = known.get(0);
    return new Profile(
        sync,
        key,
        first.name(),
        first.kind(),
        known.stream().map(Known::row).toList(),
        relatives.stream().filter(one -> one.how().equals("parent")).findFirst().orElse(null),
        relatives.stream().filter(one -> !one.how().equals("parent")).toList());
  }

  /** How the member's address changed, the newest first. */
  public List<AddressChange> addresses(String sync, String key, int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                member(connection, "directory/addresses", sync, key)
                    .bind("most", atMost)
                    .list(
                        row ->
                            new AddressChange(
                                row.getString("kind"),
                                row.getString("former"),
                                row.getString("address"),
                                Objects.requireNonNull(Query.instant(row, "at")),
                                row.getString("by"),
                                row.getObject("run_id", Long.class)))));
  }

  private static Query member(Connection connection, String name, String sync, String key) {
    return Query.named(connection, name).bind("sync", sync).bind("key", key.replace("\0", ""));
  }
}
