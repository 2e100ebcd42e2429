package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.RemoteList;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** The table of lists: which are wanted, and which of them the provider has. */
final class KnownLists {
  private final Store store;
  private final DeadLetters deadLetters;

  KnownLists(Store store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  /**
   * A list that a selected group of the sync wants.
   *
   * @param state {@code wanted} until it has been linked, then {@code live}; {@code gone} when
   *     staff deleted it; {@code refused} when the provider would not make it
   */
  record Known(int number, String name, @Nullable String providerId, String state) {
    boolean is(String other) {
      return state.equals(other);
    }
  }

  List<Known> wanted(Run run) {
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

  void live(Run run, Known list, RemoteList remote, boolean adopted) {
    store.run(
        connection -> {
          run.fence(connection);
          if (list.is("refused")) {
            deadLetters.overtaken(connection, run, Kind.LIST, list.name());
          }
          Query.of(
                  connection,
                  "UPDATE list SET provider_id = :id, state = 'live', adopted = :adopted,"
                      + " reason = NULL, dead_letter = NULL"
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

  /** Staff deleted it. */
  void gone(Run run, Known list) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.of(
                  connection,
                  "DELETE FROM membership WHERE account_id = :account AND list_no = :list")
              .bind("account", run.account())
              .bind("list", list.number())
              .update();
          long letter =
              keep(
                  connection,
                  run,
                  list,
                  "the list \"" + list.name() + "\" was deleted at the provider",
                  "replay to have it made again, or deselect the group");
          without(connection, run, list, "gone", "the list was deleted at the provider", letter);
        });
    run.counts().failed++;
  }

  /** The provider would not make it. Its name is not tried again until a person says so. */
  void refused(Run run, Known list, String reason) {
    store.run(
        connection -> {
          run.fence(connection);
          long letter =
              keep(
                  connection,
                  run,
                  list,
                  "the list \"" + list.name() + "\" was not made: " + reason,
                  "choose another name by list-name, make the list at the provider yourself, or"
                      + " replay when the reason no longer holds");
          without(connection, run, list, "refused", reason, letter);
        });
    run.counts().failed++;
  }

  private long keep(Connection connection, Run run, Known list, String cause, String remedy)
      throws SQLException {
    return deadLetters.keep(
        connection, run, new Letter(Kind.LIST, null, null, list.name(), cause, remedy));
  }

  private static void without(
      Connection connection, Run run, Known list, String state, String reason, long letter)
      throws SQLException {
    Query.of(
            connection,
            "UPDATE list SET state = :state, reason = :reason, dead_letter = :letter"
                + " WHERE account_id = :account AND list_no = :list")
        .bind("state", state)
        .bind("reason", reason)
        .bind("letter", letter)
        .bind("account", run.account())
        .bind("list", list.number())
        .update();
    bump(connection, run);
  }

  private static void bump(Connection connection, Run run) throws SQLException {
    Query.of(connection, "UPDATE account SET version = version + 1 WHERE account_id = :account")
        .bind("account", run.account())
        .update();
  }
}
