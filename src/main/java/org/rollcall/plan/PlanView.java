package org.rollcall.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** A run's plan, to be shown to people. */
public final class PlanView {
  private final Store store;

  public PlanView(Store store) {
    this.store = store;
  }

  /**
   * What would happen to one member's contact.
   *
   * @param change such as {@code create contact}
   * @param lists the lists concerned
   */
  public record Entry(
      @Nullable String memberKey,
      String address,
      String change,
      String lists,
      boolean held,
      @Nullable String outcome) {}

  /** Something of an undone run that stays as it is. */
  public record Left(@Nullable String memberKey, String why) {}

  /**
   * What a reversal leaves as it is.
   *
   * @param run the run that takes {@code undone} back
   */
  public List<Left> left(long run, long undone) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "plan/undo_left")
                    .bind("run", run)
                    .bind("undone", undone)
                    .list(row -> new Left(row.getString("member_key"), row.getString("why")))));
  }

  /** The first entries of a plan. */
  public List<Entry> entries(long run, int most) {
    List<Entry> entries = new ArrayList<>();
    each(run, most, entries::add);
    return entries;
  }

  /** Every entry of a plan, up to so many. */
  public void each(long run, int most, Consumer<Entry> sink) {
    store.run(
        connection ->
            Query.named(connection, "plan/entries")
                .bind("run", run)
                .bind("most", most)
                .streaming(1000)
                .each(row -> sink.accept(entry(row))));
  }

  static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("member_key"),
        row.getString("address"),
        row.getString("change"),
        row.getString("lists"),
        row.getBoolean("held"),
        row.getString("outcome"));
  }
}
