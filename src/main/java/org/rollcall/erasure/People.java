package org.rollcall.erasure;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.erasure.Person.Member;
import org.rollcall.erasure.Person.Shared;
import org.rollcall.member.EmailAddress;
import org.rollcall.store.Query;

/** Finds the one person behind a member's key or an address. */
final class People {
  private final Connection connection;
  private final @Nullable String sync;

  /**
   * @param sync where to look; null everywhere
   */
  People(Connection connection, @Nullable String sync) {
    this.connection = connection;
    this.sync = sync;
  }

  private record Found(Member member, @Nullable String address) {}

  /**
   * @throws Unclear when several members could be meant
   */
  Person find(String who) throws SQLException {
    String address = address(who);
    List<Found> found = search(who, address);
    refuseSeveral(found);
    refuseStrangers(found);
    List<Member> members = found.stream().map(Found::member).distinct().toList();
    list(members);
    Set<String> addresses = new TreeSet<>();
    if (address != null && members.stream().noneMatch(member -> member.key().equals(who))) {
      addresses.add(address);
    }
    addresses.addAll(
        Query.named(connection, "erasure/addresses").list(row -> row.getString("address")));
    List<Shared> shared =
        Query.named(connection, "erasure/shared")
            .bind("addresses", addresses.toArray(String[]::new))
            .list(row -> new Shared(row.getString("address"), row.getString("others")));
    shared.forEach(one -> addresses.remove(one.address()));
    Query.named(connection, "erasure/contacts")
        .bind("addresses", addresses.toArray(String[]::new))
        .update();
    return new Person(members, List.copyOf(addresses), shared);
  }

  static @Nullable String address(String who) {
    return EmailAddress.normalise(who) instanceof EmailAddress.Result.Valid valid
        ? valid.address()
        : null;
  }

  private List<Found> search(String who, @Nullable String address) throws SQLException {
    return Query.named(connection, "erasure/members")
        .bind("who", who)
        .bind("address", address)
        .bind("sync", sync)
        .list(People::found);
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        new Member(
            row.getInt("account_id"),
            row.getInt("sync_id"),
            row.getString("sync"),
            row.getString("member_key")),
        row.getString("address"));
  }

  private static void refuseSeveral(List<Found> found) {
    Map<Integer, List<String>> keys =
        found.stream()
            .map(Found::member)
            .distinct()
            .collect(
                groupingBy(
                    Member::syncId,
                    java.util.TreeMap::new,
                    java.util.stream.Collectors.mapping(
                        Member::key, java.util.stream.Collectors.toList())));
    for (List<String> several : keys.values()) {
      if (several.size() > 1) {
        throw new Unclear(
            "several members have this address: "
                + String.join(", ", several)
                + "; name one of them by key");
      }
    }
  }

  /** The same key in two syncs is one person only when an address says so. */
  private static void refuseStrangers(List<Found> found) {
    Map<String, List<Found>> bySync = found.stream().collect(groupingBy(f -> f.member().sync()));
    List<Set<String>> known = new ArrayList<>();
    bySync
        .values()
        .forEach(
            rows -> {
              Set<String> addresses = new TreeSet<>();
              rows.stream().map(Found::address).filter(a -> a != null).forEach(addresses::add);
              known.add(addresses);
            });
    for (Set<String> addresses : known) {
      if (known.size() > 1 && Collections.disjoint(addresses, known.get(0))) {
        throw new Unclear(
            "members of several syncs have this key: "
                + bySync.keySet().stream().sorted().collect(joining(", "))
                + "; say with --sync which one is meant");
      }
    }
  }

  /** The statements that follow know the person by this table. */
  private void list(List<Member> members) throws SQLException {
    Query.of(
            connection,
            "CREATE TEMP TABLE erased_member (account_id int, sync_id int, member_key text)"
                + " ON COMMIT DROP")
        .update();
    for (Member member : members) {
      Query.of(connection, "INSERT INTO erased_member VALUES (:account, :sync, :key)")
          .bind("account", member.account())
          .bind("sync", member.syncId())
          .bind("key", member.key())
          .update();
    }
  }
}
