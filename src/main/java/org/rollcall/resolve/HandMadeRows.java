package org.rollcall.resolve;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Gives members rows in the groups into which staff put them by hand, beside the source's own rows.
 * From there on they go the way of all rows: eligibility, opt-outs, shared addresses, plan, guard.
 */
public final class HandMadeRows {
  private final Store store;

  public HandMadeRows(Store store) {
    this.store = store;
  }

  /**
   * Makes the rows what the ledger and the source say now. Costs one look when nothing was ever
   * made by hand.
   *
   * @param selected which groups synchronise
   * @return how many rows came, changed or went
   */
  public int apply(Run run, Predicate<String> selected) {
    return store.transaction(
        connection -> {
          run.fence(connection);
          return any(connection, run) ? compare(connection, run, selected) : 0;
        });
  }

  private static boolean any(Connection connection, Run run) throws SQLException {
    return Resolve.query(connection, run, "resolve/hand_made_any")
        .first(row -> row.getBoolean(1))
        .orElse(false);
  }

  private static int compare(Connection connection, Run run, Predicate<String> selected)
      throws SQLException {
    List<String> groups =
        Resolve.query(connection, run, "resolve/hand_made_groups").list(row -> row.getString(1));
    Resolve.query(connection, run, "resolve/hand_made_wanted")
        .bind("groups", groups.toArray(String[]::new))
        .bind("selected", groups.stream().map(selected::test).toArray(Boolean[]::new))
        .update();
    Query.of(connection, "ANALYZE hand_made_wanted").update();
    Resolve.query(connection, run, "resolve/hand_made_delta").update();
    Resolve.query(connection, run, "resolve/hand_made_departed").update();
    Resolve.keepFields(connection, run, "delta");
    Resolve.keepFields(connection, run, "departed");
    int changed = Resolve.query(connection, run, "resolve/hand_made_arrivals").update();
    Resolve.query(connection, run, "resolve/former_addresses").update();
    changed += Resolve.query(connection, run, "resolve/depart").update();
    if (changed > 0) {
      Resolve.winners(connection, run, false);
      Resolve.query(connection, run, "resolve/not_quiet").update();
    }
    return changed;
  }
}
