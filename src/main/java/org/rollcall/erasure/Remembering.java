package org.rollcall.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.settings.Settings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Lifts an erasure, so that the source's rows count again. */
public final class Remembering {
  private final Store store;
  private final Settings settings;
  private final Erasures erasures;
  private final Clock clock;

  public Remembering(Store store, Settings settings, Erasures erasures, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.erasures = erasures;
    this.clock = clock;
  }

  /**
   * What was lifted.
   *
   * @param optedOut whether the person had opted out before, and so stays unsubscribed
   */
  public record Lifted(boolean optedOut) {}

  private record Key(String sync, String key) {}

  /**
   * Drops the hashes of one person. What the provider holds is read anew before anything is sent.
   *
   * @param who a member's key or an address
   * @return empty when nobody was erased under it
   * @throws Unclear when the person had opted out and no key is known under which to keep that
   */
  public Optional<Lifted> remember(String who, @Nullable String sync) {
    return store.transaction(
        connection -> {
          erasures.requireSameKey(connection);
          Optional<Integer> id = erasure(connection, who, sync);
          return id.isEmpty() ? Optional.empty() : Optional.of(lift(connection, id.get(), who));
        });
  }

  private Optional<Integer> erasure(Connection connection, String who, @Nullable String sync)
      throws SQLException {
    List<byte[]> hashes = new ArrayList<>();
    settings.syncs().keySet().stream()
        .filter(name -> sync == null || name.equals(sync))
        .forEach(name -> hashes.add(erasures.ofKey(name, who)));
    String address = People.address(who);
    if (address != null && sync == null) {
      hashes.add(erasures.ofAddress(address));
    }
    List<Integer> found =
        Query.of(
                connection,
                "SELECT DISTINCT erasure_id FROM erasure_hash WHERE hash = ANY (:hashes)")
            .bind("hashes", hashes.toArray(byte[][]::new))
            .list(row -> row.getInt(1));
    if (found.size() > 1) {
      throw new Unclear(
          "members of several syncs were erased under this key; say with --sync which one is meant");
    }
    return found.stream().findFirst();
  }

  private Lifted lift(Connection connection, int id, String who) throws SQLException {
    boolean optedOut =
        Query.of(connection, "SELECT opted_out FROM erasure WHERE erasure_id = :id")
            .bind("id", id)
            .first(row -> row.getBoolean(1))
            .orElseThrow();
    if (optedOut) {
      keepUnsubscribed(connection, id, who);
    }
    Query.of(connection, "DELETE FROM erasure WHERE erasure_id = :id").bind("id", id).update();
    Query.of(connection, "UPDATE sync SET fingerprint_high = NULL, quiet_version = NULL").update();
    Query.of(connection, "UPDATE account SET pulled_until = NULL, version = version + 1").update();
    return new Lifted(optedOut);
  }

  /** Whoever opted out stays so under every address (invariant 1). */
  private void keepUnsubscribed(Connection connection, int id, String who) throws SQLException {
    int kept = 0;
    for (Key key : keys(connection, id, who)) {
      kept +=
          Query.named(connection, "erasure/lifted")
              .bind("sync", key.sync())
              .bind("key", key.key())
              .bind("now", clock.instant())
              .update();
    }
    if (kept == 0) {
      throw new Unclear(
          "this person had opted out, which is kept by the member's key; name the key");
    }
  }

  /** The keys of the person, as far as the source still gives them, or one was named. */
  private List<Key> keys(Connection connection, int id, String who) throws SQLException {
    List<Key> candidates =
        new ArrayList<>(
            Query.of(
                    connection,
                    "SELECT DISTINCT s.name, m.member_key FROM member m JOIN sync s"
                        + " ON s.account_id = m.account_id AND s.sync_id = m.sync_id"
                        + " WHERE m.reason = 'ERASED_ON_REQUEST'")
                .list(row -> new Key(row.getString(1), row.getString(2))));
    settings.syncs().keySet().forEach(sync -> candidates.add(new Key(sync, who)));
    TreeSet<java.nio.ByteBuffer> own = new TreeSet<>();
    Query.of(connection, "SELECT hash FROM erasure_hash WHERE erasure_id = :id")
        .bind("id", id)
        .each(row -> own.add(java.nio.ByteBuffer.wrap(row.getBytes(1))));
    return candidates.stream()
        .distinct()
        .filter(
            key -> own.contains(java.nio.ByteBuffer.wrap(erasures.ofKey(key.sync(), key.key()))))
        .toList();
  }
}
