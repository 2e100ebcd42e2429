package org.rollcall.handmade;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.Reason;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Members who belong together: the family tree of a member by {@code parent_key}, from its root all
 * the way down, and whoever has the address of one of them.
 */
public final class Households {
  private static final String TREE = "tree";
  private static final Comparator<Member> DOWNWARDS =
      Comparator.comparing((Member member) -> !member.related().equals(TREE))
          .thenComparing(Member::depth)
          .thenComparing(Member::memberKey);

  private final Store store;
  private final Settings settings;
  private final Runs runs;

  public Households(Store store, Settings settings, Runs runs) {
    this.store = store;
    this.settings = settings;
    this.runs = runs;
  }

  /**
   * @param root the key at the top of the tree: the member's own when nobody is above
   * @param members the tree from its root downwards, then those who only share an address
   * @param more whether there are more members than were asked for
   */
  public record Household(String sync, String root, List<Member> members, boolean more) {}

  /**
   * A member of a household.
   *
   * @param related {@code tree} or {@code address}
   * @param depth how far below the root; 0 for the root and for those who only share an address
   */
  public record Member(
      String memberKey,
      @Nullable String name,
      @Nullable String email,
      @Nullable String parentKey,
      String related,
      int depth,
      List<InGroup> groups) {}

  /**
   * A member in a group.
   *
   * @param inSource whether the source gives the member in the group
   * @param byHand who put the member there by hand; null when nobody did
   * @param pending whether a change by hand waits for the next run: one that adds, when {@code
   *     byHand} stands, else one that takes away
   */
  public record InGroup(
      String group,
      @Nullable String list,
      String status,
      @Nullable String reason,
      @Nullable String detail,
      @Nullable Instant at,
      boolean inSource,
      @Nullable ByHand byHand,
      boolean pending) {}

  /** Who made a membership by hand, and when. */
  public record ByHand(String by, Instant at) {}

  /**
   * The household of a member, as of the last run, with what was made by hand since.
   *
   * @param most how many members at most; the member asked for is always among them
   * @throws UnknownScope when the sync does not know the member
   */
  public Household of(String sync, String key, int most) {
    SyncSettings settingsOf = settings.sync(sync);
    Target target = runs.target(settingsOf, settings.account(settingsOf.account()));
    return store.transaction(
        connection -> {
          List<Member> members =
              query(Query.named(connection, "handmade/household"), target)
                  .bind("member", key)
                  .bind("most", most + 1)
                  .list(Households::member);
          if (members.isEmpty()) {
            throw new UnknownScope(
                "sync %s has no member \"%s\"; rollcall status %1$s --members shows all"
                    .formatted(sync, key));
          }
          boolean more = members.size() > most;
          List<Member> shown = more ? members.subList(0, most) : members;
          Map<String, List<InGroup>> groups = new LinkedHashMap<>();
          shown.forEach(member -> groups.put(member.memberKey(), new ArrayList<>()));
          query(Query.named(connection, "handmade/household_groups"), target)
              .bind("members", groups.keySet().toArray(String[]::new))
              .each(
                  row ->
                      Objects.requireNonNull(groups.get(row.getString("member_key")))
                          .add(inGroup(row)));
          return new Household(
              sync,
              root(members, key),
              shown.stream().sorted(DOWNWARDS).map(member -> with(member, groups)).toList(),
              more);
        });
  }

  private static String root(List<Member> members, String key) {
    return members.stream()
        .filter(member -> member.related().equals(TREE) && member.depth() == 0)
        .map(Member::memberKey)
        .findFirst()
        .orElse(key);
  }

  private static Member with(Member member, Map<String, List<InGroup>> groups) {
    return new Member(
        member.memberKey(),
        member.name(),
        member.email(),
        member.parentKey(),
        member.related(),
        member.depth(),
        List.copyOf(groups.getOrDefault(member.memberKey(), List.of())));
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getString("member_key"),
        row.getString("display_name"),
        row.getString("email"),
        row.getString("parent_key"),
        row.getBoolean("in_tree") ? TREE : "address",
        row.getInt("depth"),
        List.of());
  }

  private static InGroup inGroup(ResultSet row) throws SQLException {
    String by = row.getString("made_by");
    return new InGroup(
        row.getString("group_name"),
        row.getString("list"),
        row.getString("status"),
        inWords(row.getString("reason")),
        row.getString("detail"),
        Query.instant(row, "at"),
        row.getBoolean("in_source"),
        by == null ? null : new ByHand(by, Objects.requireNonNull(Query.instant(row, "made_at"))),
        row.getBoolean("pending"));
  }

  private static @Nullable String inWords(@Nullable String reason) {
    for (Reason known : Reason.values()) {
      if (known.name().equals(reason)) {
        return known.text();
      }
    }
    return reason;
  }

  private static Query query(Query query, Target target) {
    return query.bind("account", target.accountId()).bind("sync", target.syncId());
  }
}
