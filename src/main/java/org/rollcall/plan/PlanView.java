package org.rollcall.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** A run's plan, to be shown to people. */
public final class PlanView {
  private static final int MOST_LEFT = 20;

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

  /**
   * What of an undone run stays as it is for one reason.
   *
   * @param times how many contacts it applies to
   * @param first the keys of the first members, at most {@value #MOST_LEFT}; null for a contact of
   *     nobody
   */
  public record Left(String why, long times, List<@Nullable String> first) {}

  /**
   * What a reversal leaves as it is, the most frequent reason first.
   *
   * @param run the run that takes {@code undone} back
   */
  public List<Left> left(long run, long undone) {
    return store.transaction(
        connection ->
            Query.named(connection, "plan/undo_left")
                .bind("run", run)
                .bind("undone", undone)
                .bind("most", MOST_LEFT)
                .list(
                    row ->
                        new Left(
                            row.getString("why"),
                            row.getLong("times"),
                            Arrays.asList((String[]) row.getArray("first").getArray()))));
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

  /** The kinds of changes, in the words of a plan. */
  public static final List<String> CHANGES =
      List.of(
          "create contact",
          "adopt contact",
          "update contact",
          "update and add",
          "add to list",
          "change address",
          "remove from list",
          "resubscribe");

  /** Where a page ends; the address makes it as personal as what the page shows. */
  public record Mark(String action, String address) {
    public static final Mark START = new Mark("", "");
  }

  /** A page of a plan; {@code next} is absent at the end. */
  public record Page(List<Entry> entries, @Nullable Mark next) {}

  /**
   * A plan, a page at a time.
   *
   * @param change only of this kind; null all
   */
  public Page page(long run, @Nullable String change, Mark after, int atMost) {
    List<Mark> marks = new ArrayList<>();
    List<Entry> entries =
        store.transaction(
            connection ->
                Query.named(connection, "plan/page")
                    .bind("run", run)
                    .bind("change", change)
                    .bind("action", after.action())
                    .bind("address", after.address())
                    .bind("most", atMost + 1)
                    .list(
                        row -> {
                          marks.add(new Mark(row.getString("action"), row.getString("address")));
                          return entry(row);
                        }));
    return entries.size() > atMost
        ? new Page(List.copyOf(entries.subList(0, atMost)), marks.get(atMost - 1))
        : new Page(entries, null);
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
