package org.rollcall.handover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * What of a matter a sync's route has had. A batch is marked only after the route has ended well,
 * so the route may see something twice, under the same id, and never misses anything.
 */
public final class HandOver {
  static final int BATCH = 500;
  private static final String REMEDY =
      "mend the route or what it writes to, then replay; or enter it by hand and dismiss";

  private final Matter matter;
  private final Store store;
  private final DeadLetters deadLetters;
  private final Clock clock;

  public HandOver(Matter matter, Store store, DeadLetters deadLetters, Clock clock) {
    this.matter = matter;
    this.store = store;
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /** One thing about one member, as the route gets it. */
  record Item(long ord, int attempts, Map<String, @Nullable Object> map) {}

  public Matter matter() {
    return matter;
  }

  /** Begins to hand over what waits. */
  public Round begin(Run run) {
    return new Round(this, run);
  }

  List<Item> waiting(Run run, long after) {
    return store.transaction(
        connection -> query(connection, run, after, BATCH).list(row -> item(row, run)));
  }

  long count(Run run) {
    long[] count = {0};
    store.run(
        connection ->
            query(connection, run, 0, Integer.MAX_VALUE).streaming(1000).each(row -> count[0]++));
    return count[0];
  }

  private Query query(Connection connection, Run run, long after, int most) {
    return Query.named(connection, matter.waiting)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("after", after)
        .bind("most", most);
  }

  /** Every column but the first two, by its name; times in UTC. */
  private static Item item(ResultSet row, Run run) throws SQLException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 3; i <= columns.getColumnCount(); i++) {
      boolean time = columns.getColumnType(i) == Types.TIMESTAMP;
      map.put(columns.getColumnLabel(i), time ? time(row, i) : row.getString(i));
    }
    map.put("sync", run.target().sync().name());
    map.put("account", run.target().account().name());
    return new Item(row.getLong("ord"), row.getInt("attempts"), map);
  }

  private static OffsetDateTime time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
  }

  void handed(Run run, List<Item> items) {
    store.run(
        connection -> {
          run.fence(connection);
          of(
                  connection,
                  "UPDATE ${table} SET handed_at = :now WHERE account_id = :account"
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
                    "UPDATE ${table} SET attempts = attempts + 1 WHERE account_id = :account"
                        + " AND sync_id = :sync AND ord = ANY (:ords::bigint[])",
                    run,
                    items)
                .update());
  }

  private Query of(Connection connection, String sql, Run run, List<Item> items) {
    return Query.of(connection, sql)
        .identifier("table", matter.table)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("ords", items.stream().map(item -> Long.toString(item.ord())).toArray(String[]::new));
  }

  /** Puts aside what the route does not take although it takes others. */
  void bury(Run run, Item item, String cause) {
    store.run(
        connection -> {
          run.fence(connection);
          String member = String.valueOf(item.map().get("member_key"));
          Object address = item.map().get("address");
          Letter letter =
              new Letter(
                  matter.kind,
                  member,
                  address == null ? null : address.toString(),
                  payload(item),
                  cause,
                  REMEDY);
          Query.of(
                  connection,
                  "UPDATE ${table} SET dead_letter = :letter WHERE account_id = :account"
                      + " AND sync_id = :sync AND ord = :ord")
              .identifier("table", matter.table)
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
