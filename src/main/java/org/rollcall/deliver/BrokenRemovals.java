package org.rollcall.deliver;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Removals whose jobs break run after run: after some runs they are given up (invariant 9). */
final class BrokenRemovals {
  /** Runs in which a removal is tried. */
  private static final int TRIES = 3;

  private final Store store;
  private final DeadLetters deadLetters;

  BrokenRemovals(Store store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  /** Gives up those contacts of a broken removal that were tried often enough. */
  void broken(Run run, Batch batch, String why) {
    store.run(
        connection -> {
          List<String> hopeless =
              query(connection, run, batch, "deliver/broken_removals")
                  .bind("addresses", batch.addresses().toArray(String[]::new))
                  .bind("times", TRIES - 1)
                  .list(row -> row.getString(1));
          if (!hopeless.isEmpty()) {
            giveUp(connection, run, batch, hopeless, why);
          }
        });
  }

  private void giveUp(
      Connection connection, Run run, Batch batch, List<String> hopeless, String why)
      throws SQLException {
    String reason = "taking contacts off lists: " + why;
    long letter =
        deadLetters.keep(
            connection,
            run,
            new Letter(
                Kind.BATCH,
                null,
                null,
                String.join(" ", hopeless),
                reason + ", in " + TRIES + " runs",
                "take them off the lists at the provider, or replay when the provider is well"));
    query(connection, run, batch, "deliver/give_up_removals")
        .bind("addresses", hopeless.toArray(String[]::new))
        .bind("letter", letter)
        .bind("reason", reason)
        .update();
    run.counts().failed += hopeless.size();
  }

  private static Query query(Connection connection, Run run, Batch batch, String name)
      throws SQLException {
    return Query.named(connection, name)
        .bind("account", run.account())
        .bind("run", run.id())
        .bind("lists", batch.lists().stream().mapToInt(Integer::intValue).toArray());
  }
}
