package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.provider.RemoteList;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Job;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Every selected group has its list: one of the same name is adopted, a missing one is created. A
 * list that staff deleted is not made again behind their back; it becomes a dead letter.
 */
public final class ListLinks {
  private final Store store;
  private final DeadLetters deadLetters;

  public ListLinks(Store store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  private record Known(int number, String name, @Nullable String providerId, String state) {}

  /**
   * Links every wanted list; in the lists job also looks whether the linked ones are still there.
   *
   * @return whether lists were adopted whose members have still to be read
   */
  public boolean adopt(Run run, Provider provider) {
    List<Known> wanted = wanted(run);
    boolean missing = wanted.stream().anyMatch(list -> list.state().equals("wanted"));
    if (run.job() != Job.LISTS && !missing) {
      return false;
    }
    run.progress().step("matching lists");
    List<RemoteList> remote = readAll(provider);
    markGone(run, wanted, remote);
    boolean adopted = false;
    Map<String, RemoteList> byName = new HashMap<>();
    remote.forEach(list -> byName.putIfAbsent(list.name().toLowerCase(Locale.ROOT), list));
    remote.forEach(list -> byName.put(list.name(), list));
    for (Known list : wanted) {
      if (list.state().equals("wanted")) {
        adopted |=
            run.scope().dryRun()
                ? linkExisting(run, list, byName)
                : link(run, provider, list, byName);
      }
    }
    return adopted;
  }

  /** Whether one of these lists is gone; a call that was refused may have named it. */
  boolean someAreGone(Run run, Provider provider, List<Integer> lists) {
    markGone(run, wanted(run), readAll(provider));
    return wanted(run).stream()
        .anyMatch(list -> list.state().equals("gone") && lists.contains(list.number()));
  }

  private static @Nullable RemoteList named(Known list, Map<String, RemoteList> byName) {
    RemoteList exact = byName.get(list.name());
    return exact != null ? exact : byName.get(list.name().toLowerCase(Locale.ROOT));
  }

  private boolean linkExisting(Run run, Known list, Map<String, RemoteList> byName) {
    RemoteList existing = named(list, byName);
    if (existing == null) {
      return false;
    }
    live(run, list, existing, true);
    return true;
  }

  private boolean link(Run run, Provider provider, Known list, Map<String, RemoteList> byName) {
    if (linkExisting(run, list, byName)) {
      return true;
    }
    live(run, list, create(provider, list.name()), false);
    return false;
  }

  /** A name is unique at the provider, so a call without an answer is settled by reading. */
  private static RemoteList create(Provider provider, String name) {
    try {
      return provider.createList(name);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.READ_BACK && e.verdict() != Verdict.CONFLICT) {
        throw e;
      }
      return readAll(provider).stream()
          .filter(list -> list.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> e);
    }
  }

  private static List<RemoteList> readAll(Provider provider) {
    Page<RemoteList> page = provider.readLists(null);
    List<RemoteList> all = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = provider.readLists(page.next());
      all.addAll(page.items());
    }
    return all;
  }

  private List<Known> wanted(Run run) {
    return store.transaction(
        connection ->
            Query.of(
                    connection,
                    "SELECT DISTINCT t.list_no, t.name, t.provider_id, t.state FROM list t"
                        + " JOIN sync_group g ON g.account_id = t.account_id"
                        + " AND g.list_no = t.list_no"
                        + " WHERE g.account_id = :account AND g.sync_id = :sync AND g.selected"
                        + " ORDER BY t.name")
                .bind("account", run.account())
                .bind("sync", run.sync())
                .list(
                    row ->
                        new Known(
                            row.getInt("list_no"),
                            row.getString("name"),
                            row.getString("provider_id"),
                            row.getString("state"))));
  }

  private void live(Run run, Known list, RemoteList remote, boolean adopted) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.of(
                  connection,
                  "UPDATE list SET provider_id = :id, state = 'live', adopted = :adopted"
                      + " WHERE account_id = :account AND list_no = :list")
              .bind("id", remote.id())
              .bind("adopted", adopted)
              .bind("account", run.account())
              .bind("list", list.number())
              .update();
          if (adopted) {
            readAgain(connection, run);
          }
          bump(connection, run);
        });
  }

  /** Memberships of a list adopted just now were not known when the account was read. */
  private static void readAgain(Connection connection, Run run) throws SQLException {
    Query.of(connection, "UPDATE account SET pulled_until = NULL WHERE account_id = :account")
        .bind("account", run.account())
        .update();
  }

  private void markGone(Run run, List<Known> wanted, List<RemoteList> remote) {
    Set<String> there = new HashSet<>();
    remote.forEach(list -> there.add(list.id()));
    for (Known list : wanted) {
      if (list.state().equals("live") && !there.contains(String.valueOf(list.providerId()))) {
        store.run(connection -> gone(connection, run, list));
        run.counts().failed++;
      }
    }
  }

  private void gone(Connection connection, Run run, Known list) throws SQLException {
    Query.of(
            connection,
            "UPDATE list SET state = 'gone' WHERE account_id = :account AND list_no = :list")
        .bind("account", run.account())
        .bind("list", list.number())
        .update();
    Query.of(connection, "DELETE FROM membership WHERE account_id = :account AND list_no = :list")
        .bind("account", run.account())
        .bind("list", list.number())
        .update();
    bump(connection, run);
    deadLetters.keep(
        connection,
        run,
        new Letter(
            Kind.LIST,
            null,
            null,
            list.name(),
            "the list \"" + list.name() + "\" was deleted at the provider",
            "replay to have it made again, or deselect the group"));
  }

  private static void bump(Connection connection, Run run) throws SQLException {
    Query.of(connection, "UPDATE account SET version = version + 1 WHERE account_id = :account")
        .bind("account", run.account())
        .update();
  }
}
