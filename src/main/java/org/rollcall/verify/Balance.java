package org.rollcall.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.provider.RemoteList;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Two accounts that must agree: members against their statuses, lists against who is on them. */
public final class Balance {
  private final Store store;
  private final Clock clock;

  public Balance(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The members of a sync, once per group, by what became of them.
   *
   * @param notApplicable by reason
   */
  public record Members(long members, Map<String, Long> byStatus, Map<String, Long> notApplicable) {
    public boolean addsUp() {
      return members == sum(byStatus) + sum(notApplicable);
    }

    private static long sum(Map<String, Long> parts) {
      return parts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * A list at the end of the last reconciliation.
   *
   * @param atProvider by the provider's own count
   * @param erased contacts of people who were erased here, while the provider still has them
   */
  public record ListBalance(
      String list,
      long run,
      Instant at,
      long atProvider,
      long ours,
      long byHand,
      long unsubscribed,
      long erased) {
    public boolean addsUp() {
      return atProvider == ours + byHand + unsubscribed + erased;
    }
  }

  /** Notes the provider's own count of every managed list, beside what is known now. */
  public void note(Run run, Provider provider) {
    List<RemoteList> counted =
        lists(provider).stream().filter(list -> list.contacts() != null).toList();
    store.run(
        connection ->
            Query.named(connection, "drift/note_balance")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .bind("run", run.id())
                .bind("now", clock.instant())
                .bind("ids", counted.stream().map(RemoteList::id).toArray(String[]::new))
                .bind(
                    "counts",
                    counted.stream().map(list -> "" + list.contacts()).toArray(String[]::new))
                .update());
  }

  /** Notes which managed lists were deleted at the provider or renamed there. */
  public void lists(Run run, Provider provider) {
    List<RemoteList> there = lists(provider);
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "drift/lists")
              .bind("account", run.account())
              .bind("sync", run.sync())
              .bind("run", run.id())
              .bind("ids", there.stream().map(RemoteList::id).toArray(String[]::new))
              .bind("names", there.stream().map(RemoteList::name).toArray(String[]::new))
              .update();
          Query.named(connection, "drift/lists_whole")
              .bind("account", run.account())
              .bind("run", run.id())
              .update();
        });
  }

  private static List<RemoteList> lists(Provider provider) {
    Page<RemoteList> page = provider.readLists(null);
    List<RemoteList> all = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = provider.readLists(page.next());
      all.addAll(page.items());
    }
    return all;
  }

  public Members members(String sync) {
    long[] members = new long[1];
    Map<String, Long> byStatus = new TreeMap<>();
    Map<String, Long> notApplicable = new TreeMap<>();
    store.run(
        connection ->
            Query.named(connection, "drift/member_balance")
                .bind("sync", sync)
                .each(
                    row -> {
                      String status = row.getString("status");
                      if (status.isEmpty()) {
                        members[0] = row.getLong("members");
                      } else if (status.equals("not applicable")) {
                        notApplicable.put(reason(row), row.getLong("members"));
                      } else {
                        byStatus.put(status, row.getLong("members"));
                      }
                    }));
    return new Members(members[0], byStatus, notApplicable);
  }

  private static String reason(ResultSet row) throws SQLException {
    @Nullable String reason = Statuses.inWords(row.getString("reason"));
    return reason == null ? "" : reason;
  }

  /** The lists of a sync, as far as they have been reconciled. */
  public List<ListBalance> lists(String sync) {
    return store.transaction(
        connection ->
            Query.named(connection, "drift/list_balances")
                .bind("sync", sync)
                .list(
                    row ->
                        new ListBalance(
                            row.getString("name"),
                            row.getLong("run_id"),
                            row.getTimestamp("at").toInstant(),
                            row.getLong("at_provider"),
                            row.getLong("ours"),
                            row.getLong("by_hand"),
                            row.getLong("unsubscribed"),
                            row.getLong("erased"))));
  }
}
