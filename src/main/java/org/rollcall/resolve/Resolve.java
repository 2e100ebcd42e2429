package org.rollcall.resolve;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.member.WinnerRules;
import org.rollcall.member.WinnerRules.Criterion;
import org.rollcall.run.Run;
import org.rollcall.run.Target;
import org.rollcall.settings.Mode;
import org.rollcall.settings.SharedName;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Turns staged rows into the wanted state in one transaction: which rows came, changed or went, and
 * who wins each address they touch. Unchanged members cost nothing.
 */
public final class Resolve {
  private static final List<String> PLACES = List.of("first", "second", "third", "fourth");

  private final Store store;

  public Resolve(Store store) {
    this.store = store;
  }

  /** What changed at the source. */
  public record Changes(int arrived, int departed) {}

  /**
   * @param staged the staging table
   * @param complete whether the source was read to its end; otherwise nobody departs (invariant 3)
   * @param newRules whether every shared address is decided anew, for the rules have changed
   */
  public Changes resolve(Run run, String staged, boolean complete, boolean newRules) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          Query.of(connection, "ANALYZE " + staged).update();
          compare(connection, run, staged, "resolve/delta");
          keepFields(connection, run, "delta");
          int arrived =
              query(connection, run, "resolve/arrivals").identifier("staged", staged).update();
          query(connection, run, "resolve/former_addresses").update();
          int departed = complete ? depart(connection, run, staged) : nobodyDeparts(connection);
          if (arrived + departed > 0 || newRules) {
            winners(connection, run, newRules);
          }
          return new Changes(arrived, departed);
        });
  }

  /**
   * Takes those away whom a removal list names: by their key, else by their address. Whoever the
   * hub does not know is noted, so that a membership made by hand goes as well.
   *
   * @param staged the staging table with the removal list
   * @param groupOfNone the group of staged rows that name none; they mean every group
   */
  public Changes takeAway(Run run, String staged, String groupOfNone) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          Query.of(connection, "ANALYZE " + staged).update();
          Query.named(connection, "resolve/no_delta").update();
          query(connection, run, "resolve/named_gone")
              .identifier("staged", staged)
              .bind("none", groupOfNone)
              .update();
          keepFields(connection, run, "departed");
          int departed = query(connection, run, "resolve/depart").update();
          query(connection, run, "resolve/hand_made_named_gone")
              .identifier("staged", staged)
              .bind("none", groupOfNone)
              .bind("now", run.startedAt())
              .update();
          query(connection, run, "resolve/note_unknown_gone")
              .identifier("staged", staged)
              .bind("none", groupOfNone)
              .update();
          if (departed > 0) {
            winners(connection, run, false);
          }
          return new Changes(0, departed);
        });
  }

  /** The names of the custom fields that members have. */
  public List<String> customFields(Run run) {
    return store.transaction(
        connection ->
            query(connection, run, "resolve/custom_fields").list(row -> row.getString(1)));
  }

  private static int depart(Connection connection, Run run, String staged) throws SQLException {
    compare(connection, run, staged, "resolve/departures");
    keepFields(connection, run, "departed");
    return query(connection, run, "resolve/depart").update();
  }

  static void keepFields(Connection connection, Run run, String changed) throws SQLException {
    query(connection, run, "resolve/keep_fields").identifier("changed", changed).update();
  }

  /**
   * Both tables are compared whole. The planner is kept from looking rows up one by one: it would
   * after a read that changed much, for the statistics are those from before.
   */
  private static void compare(Connection connection, Run run, String staged, String step)
      throws SQLException {
    Query.of(connection, "SET LOCAL enable_nestloop = off").update();
    query(connection, run, step).identifier("staged", staged).update();
    Query.of(connection, "SET LOCAL enable_nestloop = on").update();
  }

  static int nobodyDeparts(Connection connection) throws SQLException {
    Query.of(
            connection,
            "CREATE TEMP TABLE departed (member_key text, group_name text, address text,"
                + " parent_key text) ON COMMIT DROP")
        .update();
    return 0;
  }

  static void winners(Connection connection, Run run, boolean newRules) throws SQLException {
    for (String table : List.of("delta", "departed", "member")) {
      Query.of(connection, "ANALYZE " + table).update();
    }
    if (newRules) {
      query(connection, run, "resolve/affected_by_rules").update();
    } else {
      query(connection, run, "resolve/affected")
          .bind("treeRanks", rules(run.target().sync()).treeRanks())
          .update();
    }
    if (anyOptOut(connection, run)) {
      query(connection, run, "resolve/opt_out_whole_members").update();
    }
    elect(connection, run.target());
    if (newRules && run.target().sync().rules().sharedName() == SharedName.WINNER) {
      query(connection, run, "resolve/own_names").update();
    }
  }

  /** Decides addresses anew whose members went in another way than by a reading. */
  public static void decide(Connection connection, Target target, List<String> addresses)
      throws SQLException {
    Query.of(
            connection,
            "CREATE TEMP TABLE affected ON COMMIT DROP AS"
                + " SELECT unnest(:addresses::text[]) AS address")
        .bind("addresses", addresses.toArray(String[]::new))
        .update();
    elect(connection, target);
    Query.of(connection, "DROP TABLE affected, candidate").update();
  }

  private static boolean anyOptOut(Connection connection, Run run) throws SQLException {
    return query(connection, run, "resolve/any_opt_out")
        .first(row -> row.getBoolean(1))
        .orElse(false);
  }

  /** One winner for each of the affected addresses, and one for each group. */
  static void elect(Connection connection, Target target) throws SQLException {
    Query.of(connection, "ANALYZE affected").update();
    query(connection, target, "resolve/candidates").update();
    Query.of(connection, "ANALYZE candidate").update();
    WinnerRules rules = rules(target.sync());
    Query winners =
        query(connection, target, "resolve/winners").bind("treeRanks", rules.treeRanks());
    for (int i = 0; i < PLACES.size(); i++) {
      winners.identifier(PLACES.get(i), criterion(rules, i));
    }
    winners.update();
    if (target.sync().rules().sharedName() == SharedName.COMBINE) {
      query(connection, target, "resolve/own_names").update();
      query(connection, target, "resolve/combined_names")
          .bind("people", target.sync().rules().namedPeople())
          .update();
    }
  }

  private static WinnerRules rules(SyncSettings sync) {
    return WinnerRules.of(sync.rules().winnerOrder(), sync.rules().winnerRoles());
  }

  /** The column that is compared at a place of the order; the key follows behind the last. */
  private static String criterion(WinnerRules rules, int place) {
    return place < rules.order().size() && rules.order().get(place) != Criterion.KEY
        ? rules.order().get(place).name().toLowerCase(Locale.ROOT)
        : "nothing";
  }

  /** Refuses a group or member that the source does not have. */
  public void requireScope(Run run) {
    require(run, "group", "group_name", run.scope().group());
    require(run, "member", "member_key", run.scope().member());
  }

  private void require(Run run, String what, String column, @Nullable String value) {
    boolean known =
        value == null
            || store.transaction(
                connection ->
                    Query.of(
                            connection,
                            "SELECT 1 FROM member WHERE account_id = :account"
                                + " AND sync_id = :sync AND ${column} = :value LIMIT 1")
                        .identifier("column", column)
                        .bind("account", run.account())
                        .bind("sync", run.sync())
                        .bind("value", value)
                        .first(row -> true)
                        .isPresent());
    if (!known) {
      throw new UnknownScope(
          "sync %s has no %s \"%s\"; rollcall status %1$s --members shows all"
              .formatted(run.target().sync().name(), what, value));
    }
  }

  /** Who opted out under an earlier address is not subscribed under the present one. */
  public void carryOptOuts(Run run) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.of(connection, "CREATE TEMP TABLE affected (address text) ON COMMIT DROP").update();
          if (query(connection, run, "resolve/carry_opt_outs").update() > 0) {
            elect(connection, run.target());
          }
        });
  }

  /** Drops absent rows whose contact has left the list. */
  public void forgetDeparted(Run run) {
    store.run(
        connection ->
            query(connection, run, "resolve/forget_departed")
                .bind("keeps", run.target().sync().mode() == Mode.ADD_ONLY)
                .update());
  }

  static Query query(Connection connection, Run run, String name) {
    return query(connection, run.target(), name);
  }

  private static Query query(Connection connection, Target target, String name) {
    return Query.named(connection, name)
        .bind("account", target.accountId())
        .bind("sync", target.syncId());
  }
}
