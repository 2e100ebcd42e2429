package org.rollcall.resolve;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Syncs that were renamed, given to another account or taken out of the settings. What they wanted
 * last counts as wanted until a person retires them, because a mistake in the settings must not
 * remove anybody.
 */
public final class FormerSyncs {
  private final Store store;
  private final String[] present;

  /**
   * @param present the syncs of the settings
   */
  public FormerSyncs(Store store, Collection<SyncSettings> present) {
    this.store = store;
    this.present =
        present.stream().map(sync -> sync.account() + " " + sync.name()).toArray(String[]::new);
  }

  /** A sync that nobody runs any more. */
  public record Former(String account, String sync, long members) {
    public String sentence() {
      return ("sync %s of account %s is no longer in the settings and still holds %,d members on"
              + " their lists; add it back, or drop them with: rollcall retire %1$s")
          .formatted(sync, account, members);
    }
  }

  /**
   * @param members how many rows of members are not wanted any more
   * @param unkept lists that no other sync keeps: who is on them stays
   */
  public record Retired(long members, List<String> unkept) {}

  public List<Former> find() {
    return store.transaction(
        connection ->
            query(connection, "resolve/former_syncs")
                .list(
                    row ->
                        new Former(
                            row.getString("account"),
                            row.getString("sync"),
                            row.getLong("members"))));
  }

  /** What the sync wanted is wanted no more; the next runs of other syncs plan the removals. */
  public Retired retire(String sync) {
    return store.transaction(
        connection -> {
          long members = query(connection, "resolve/retire").bind("sync", sync).update();
          List<String> unkept =
              query(connection, "resolve/lists_without_sync")
                  .bind("sync", sync)
                  .list(row -> row.getString(1));
          return new Retired(members, unkept);
        });
  }

  private Query query(Connection connection, String name) {
    return Query.named(connection, name).bind("present", present);
  }
}
