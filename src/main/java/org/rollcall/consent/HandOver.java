package org.rollcall.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Which opt-outs a sync's opt-outs route has had. A batch is marked only after the route has ended
 * well, so the route may see one twice, under the same id, and never misses one.
 */
public final class HandOver {
  static final int BATCH = 500;
  private static final String REMEDY =
      "mend the route or what it writes to, then replay; or enter the opt-out by hand and dismiss";

  private final Store store;
  private final DeadLetters deadLetters;
  private final Clock clock;

  public HandOver(Store store, DeadLetters deadLetters, Clock clock) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** What somebody did at the provider, about one member, as the route gets it. */
  record Item(
      long ord,
      String consent,
      String memberKey,
      int attempts,
      Map<String, @Nullable Object> map) {}

  /** Begins to hand over what waits. */
  public Round begin(Run run) {
    return new Round(this, run);
  }

  List<Item> waiting(Run run, long after) {
    return store.transaction(connection -> waiting(connection, run, after, BATCH));
  }

  long count(Run run) {
    return store.transaction(
        connection -> (long) waiting(connection, run, 0, Integer.MAX_VALUE).size());
  }

  private static List<Item> waiting(Connection connection, Run run, long after, int most)
      throws SQLException {
    return Query.named(connection, "consent/waiting")
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("after", after)
        .bind("most", most)
        .list(row -> item(row, run));
  }

  private static Item item(ResultSet row, Run run) throws SQLException {
    String consent = row.getString("consent_id");
    String memberKey = row.getString("member_key");
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", consent + ":" + memberKey);
    map.put("what", row.getString("what"));
    map.put("member_key", memberKey);
    map.put("address", row.getString("address"));
    map.put("at", time(row, "at"));
    map.put("seen_at", time(row, "seen_at"));
    map.put("by", row.getString("by"));
    map.put("reason", row.getString("reason"));
    map.put("sync", run.target().sync().name());
    map.put("account", run.target().account().name());
    return new Item(row.getLong("ord"), consent, memberKey, row.getInt("attempts"), map);
  }

  private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
  }

  void handed(Run run, List<Item> items) {
    store.run(
        connection -> {
          run.fence(connection);
          of(
                  connection,
                  "UPDATE consent_member SET handed_at = :now WHERE account_id = :account"
                      + " AND sync_id = :sync AND ord = ANY (:ords::bigint[])",
                  run,
                  items)
              .bind("now", clock.instant())
              .update();
        });
  }

  void failed(Run run, List<Item> items) {
    store.run(
        connection ->
            of(
                    connection,
                    "UPDATE consent_member SET attempts = attempts + 1 WHERE account_id = :account"
                        + " AND sync_id = :sync AND ord = ANY (:ords::bigint[])",
                    run,
                    items)
                .update());
  }

  private static Query of(Connection connection, String sql, Run run, List<Item> items) {
    return Query.of(connection, sql)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("ords", items.stream().map(item -> Long.toString(item.ord())).toArray(String[]::new));
  }

  /** Puts aside what the route does not take although it takes others. */
  void bury(Run run, Item item, String cause) {
    store.run(
        connection -> {
          run.fence(connection);
          String address = String.valueOf(item.map().get("address"));
          Letter letter =
              new Letter(Kind.OPT_OUT, item.memberKey(), address, payload(item), cause, REMEDY);
          Query.of(
                  connection,
                  "UPDATE consent_member SET dead_letter = :letter WHERE account_id = :account"
                      + " AND sync_id = :sync AND ord = :ord")
              .bind("letter", deadLetters.keep(connection, run, letter))
              .bind("account", run.account())
              .bind("sync", run.sync())
              .bind("ord", item.ord())
              .update();
        });
  }

  private static String payload(Item item) {
    Map<String, @Nullable Object> texts = new LinkedHashMap<>();
    item.map().forEach((key, value) -> texts.put(key, value == null ? null : value.toString()));
    try {
      return new ObjectMapper().writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
