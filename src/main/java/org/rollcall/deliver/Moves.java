package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.rollcall.pace.ProviderException;
import org.rollcall.provider.Provider;
import org.rollcall.provider.SeenContact;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Pull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Address changes, one contact at a time: a contact leaves its old address before another takes
 * that over, and the contacts of a circle wait at an address that nobody has. What else was planned
 * for a contact whose change did not come about waits for the next run, for it would make a second
 * contact.
 */
final class Moves {
  private static final Logger LOG = LoggerFactory.getLogger(Moves.class);

  private final Store store;
  private final Batches batches;
  private final Refusals refusals;
  private final Pull pull;

  Moves(Store store, Batches batches, Refusals refusals, Pull pull) {
    this.pull = pull;
    this.store = store;
    this.batches = batches;
    this.refusals = refusals;
  }

  /**
   * @param circle whether another contact of this plan has the new address and needs this one's
   */
  private record Move(
      String contactId, String memberKey, String former, String address, boolean circle) {
    /** RFC 2606 keeps this domain from ever existing. */
    String parking() {
      return "rollcall-" + contactId + "@rollcall.invalid";
    }
  }

  void deliver(Run run, Provider provider) {
    List<Move> moves = store.transaction(connection -> planned(connection, run));
    if (moves.isEmpty()) {
      return;
    }
    store.run(connection -> query(connection, run, "deliver/moves_wait").update());
    if (run.held() == null) {
      run.progress().step("changing addresses");
      park(run, provider, moves);
      int done = 0;
      for (Move move : moves) {
        move(run, provider, move, move.circle() ? move.parking() : move.former(), move.address());
        run.progress().at(++done, moves.size());
      }
    }
    store.run(
        connection -> {
          if (query(connection, run, "deliver/withhold").update() > 0) {
            query(connection, run, "deliver/close_ranks").update();
          }
        });
  }

  private void park(Run run, Provider provider, List<Move> moves) {
    for (Move move : moves) {
      if (move.circle()) {
        move(run, provider, move, move.former(), move.parking());
      }
    }
  }

  /** One call, between its intention and its outcome. */
  private void move(Run run, Provider provider, Move move, String from, String to) {
    if (!free(run, move, from, to)) {
      return;
    }
    run.stopIfAsked();
    Batch batch = batches.intend(run, Batch.Kind.MOVE, List.of(), 0, 0, List.of(from, to));
    try {
      SeenContact contact = provider.changeAddress(move.contactId(), from, to);
      boolean done = contact.address().equals(to) && !contact.unsubscribed();
      store.run(
          connection -> {
            if (done) {
              moved(connection, run, move, from, to);
            }
            batches.ended(connection, run, batch.id(), done ? "done" : "lost", null);
          });
    } catch (ProviderException e) {
      refused(run, provider, batch, move, e);
    }
  }

  /** Whether the contact is where it is thought to be, and nobody is where it shall go. */
  private boolean free(Run run, Move move, String from, String to) {
    return store.transaction(
        connection ->
            Query.of(
                        connection,
                        "SELECT count(*) FILTER (WHERE address = :from AND contact_id = :contact)"
                            + " - count(*) FILTER (WHERE address = :to)"
                            + " FROM contact WHERE account_id = :account"
                            + " AND address IN (:from, :to)")
                    .bind("from", from)
                    .bind("to", to)
                    .bind("contact", move.contactId())
                    .bind("account", run.account())
                    .number()
                == 1);
  }

  private static void moved(Connection connection, Run run, Move move, String from, String to)
      throws SQLException {
    run.fence(connection);
    for (String step : List.of("deliver/moved", "deliver/moved_memberships")) {
      query(connection, run, step)
          .bind("contact", move.contactId())
          .bind("from", from)
          .bind("to", to)
          .update();
    }
    if (to.equals(move.address())) {
      query(connection, run, "deliver/arrived").bind("to", to).update();
    }
  }

  /**
   * Whatever the provider says about this one contact, the others go on. Where it holds something
   * else than was known, that is read, and the next run decides anew.
   */
  private void refused(Run run, Provider provider, Batch batch, Move move, ProviderException e) {
    batches.ended(run, batch.id(), "refused", e.getMessage());
    switch (e.verdict()) {
      case REFUSED -> {
        if (batch.addresses().contains(move.address())) {
          refusals.record(run, move.address(), String.valueOf(e.getMessage()));
        } else {
          part(run, move);
        }
      }
      case NOT_FOUND -> forget(run, move);
      case CONFLICT -> pull.look(run, provider, batch.addresses());
      default -> throw e;
    }
  }

  /** The contact cannot be parked: it stays with its address, whoever has that now. */
  private void part(Run run, Move move) {
    LOG.info("contact {} cannot be parked; its address passes on", move.contactId());
    update(run, move, "UPDATE contact SET member_sync = NULL, member_key = NULL");
  }

  /** The contact is not there any more. */
  private void forget(Run run, Move move) {
    update(run, move, "DELETE FROM contact");
  }

  private void update(Run run, Move move, String what) {
    store.run(
        connection ->
            Query.of(connection, what + " WHERE account_id = :account AND contact_id = :contact")
                .bind("account", run.account())
                .bind("contact", move.contactId())
                .update());
  }

  private static List<Move> planned(Connection connection, Run run) throws SQLException {
    return Query.of(
            connection,
            "SELECT contact_id, member_key, former, address, weight FROM change"
                + " WHERE account_id = :account AND run_id = :run AND action = 'move'"
                + " ORDER BY weight, address")
        .bind("account", run.account())
        .bind("run", run.id())
        .list(Moves::read);
  }

  private static Move read(ResultSet row) throws SQLException {
    return new Move(
        row.getString("contact_id"),
        row.getString("member_key"),
        row.getString("former"),
        row.getString("address"),
        row.getInt("weight") == 0);
  }

  private static Query query(Connection connection, Run run, String name) throws SQLException {
    return Query.named(connection, name).bind("account", run.account()).bind("run", run.id());
  }
}
