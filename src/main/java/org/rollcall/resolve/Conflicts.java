package org.rollcall.resolve;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Run;
import org.rollcall.settings.AddressConflicts;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Members whose address was changed at the provider while the source still has the old one. Until a
 * rule or a person has decided, the contact keeps the provider's address, and the member stands
 * behind it.
 */
public final class Conflicts {
  private final Store store;

  public Conflicts(Store store) {
    this.store = store;
  }

  /**
   * An open conflict.
   *
   * @param sourceAt since when the hub knows the source's address
   * @param providerAt when it was changed at the provider, by its clock
   */
  public record Conflict(
      String sync,
      String memberKey,
      String sourceAddress,
      Instant sourceAt,
      String providerAddress,
      Instant providerAt,
      String contactId) {}

  /** The open conflicts of a sync, or of all. */
  public List<Conflict> open(@Nullable String sync) {
    return open(sync, null, Integer.MAX_VALUE);
  }

  /** The first open conflicts. */
  public List<Conflict> open(int atMost) {
    return open(null, null, atMost);
  }

  /** The open conflict of a member, if there is one. */
  public Optional<Conflict> of(String sync, String member) {
    return open(sync, member, 1).stream().findFirst();
  }

  private List<Conflict> open(@Nullable String sync, @Nullable String member, int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "resolve/conflicts_open")
                    .bind("sync", sync)
                    .bind("member", member)
                    .bind("most", atMost)
                    .list(Conflicts::read)));
  }

  /**
   * Decides one open conflict; the next run does what follows from it.
   *
   * @return whether there was one
   */
  public boolean decide(String sync, String member, AddressConflicts keep, String by) {
    return store.transaction(connection -> decide(connection, sync, member, keep, by)) > 0;
  }

  private static int decide(
      Connection connection, String sync, @Nullable String member, AddressConflicts keep, String by)
      throws SQLException {
    return Query.named(connection, "resolve/conflicts_decide")
        .bind("sync", sync)
        .bind("member", member)
        .bind("keep", keep.name().toLowerCase(Locale.ROOT))
        .bind("by", by)
        .update();
  }

  /** Makes the members of a run's sync what conflicts and decisions say they are. */
  public void apply(Run run) {
    AddressConflicts rule = run.target().sync().identity().conflicts();
    store.run(
        connection -> {
          run.fence(connection);
          if (rule != AddressConflicts.ASK) {
            decide(connection, run.target().sync().name(), null, rule, "the sync's rule");
          }
          Query.of(connection, "CREATE TEMP TABLE affected (address text) ON COMMIT DROP").update();
          for (String step : List.of("follow", "close")) {
            query(connection, run, step).update();
          }
          int changed = query(connection, run, "revert").update();
          changed += query(connection, run, "overlay").update();
          if (changed > 0) {
            Resolve.elect(connection, run.target());
          }
        });
  }

  private static Query query(Connection connection, Run run, String step) throws SQLException {
    return Query.named(connection, "resolve/conflicts_" + step)
        .bind("account", run.account())
        .bind("sync", run.sync());
  }

  private static Conflict read(ResultSet row) throws SQLException {
    return new Conflict(
        row.getString("sync"),
        row.getString("member_key"),
        row.getString("source_address"),
        row.getTimestamp("source_at").toInstant(),
        row.getString("provider_address"),
        row.getTimestamp("provider_at").toInstant(),
        row.getString("contact_id"));
  }
}
