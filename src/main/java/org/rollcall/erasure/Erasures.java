package org.rollcall.erasure;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.account.KeyedHash;
import org.rollcall.member.Erased;
import org.rollcall.settings.Secret;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Whom the hub has erased, as keyed hashes that tell nothing by themselves. */
public final class Erasures {
  private static final String USE = "erasures";

  private final Store store;
  private final Secret secretKey;
  private final KeyedHash hash;

  public Erasures(Store store, Secret secretKey) {
    this.store = store;
    this.secretKey = secretKey;
    this.hash = new KeyedHash(secretKey, USE);
  }

  /**
   * Tells erased members of a sync's source by key or address, for one thread; costs nothing when
   * nobody was erased.
   */
  public Erased of(String sync) {
    Set<ByteBuffer> known = known();
    return known.isEmpty() ? Erased.NOBODY : new Members(sync, known);
  }

  /** Tells erased addresses, for one thread. */
  public Predicate<String> addresses() {
    Set<ByteBuffer> known = known();
    return known.isEmpty()
        ? address -> false
        : address -> known.contains(ByteBuffer.wrap(ofAddress(address)));
  }

  /** Remembers the last answer: a member's groups usually come one after the other. */
  private final class Members implements Erased {
    private final String sync;
    private final Set<ByteBuffer> known;
    private final KeyedHash own = new KeyedHash(secretKey, USE);
    private String lastKey = "";
    private @Nullable String lastAddress;
    private boolean last;

    Members(String sync, Set<ByteBuffer> known) {
      this.sync = sync;
      this.known = known;
    }

    @Override
    public boolean contains(String key, @Nullable String address) {
      if (!key.equals(lastKey) || !java.util.Objects.equals(address, lastAddress)) {
        lastKey = key;
        lastAddress = address;
        last =
            known.contains(ByteBuffer.wrap(own.of("key", sync, key)))
                || (address != null && known.contains(ByteBuffer.wrap(own.of("address", address))));
      }
      return last;
    }
  }

  byte[] ofKey(String sync, String key) {
    return hash.of("key", sync, key);
  }

  byte[] ofAddress(String address) {
    return hash.of("address", address);
  }

  byte[] keyCheck() {
    return hash.of("check");
  }

  private Set<ByteBuffer> known() {
    return store.transaction(this::known);
  }

  private Set<ByteBuffer> known(Connection connection) throws SQLException {
    requireSameKey(connection);
    Set<ByteBuffer> known = new HashSet<>();
    Query.of(connection, "SELECT hash FROM erasure_hash")
        .each(row -> known.add(ByteBuffer.wrap(row.getBytes(1))));
    return known;
  }

  /** Under another key nobody would be recognised, and everybody who was erased would come back. */
  void requireSameKey(Connection connection) throws SQLException {
    byte[] ours = keyCheck();
    Query.of(connection, "SELECT DISTINCT key_check FROM erasure")
        .each(
            row -> {
              if (!Arrays.equals(row.getBytes(1), ours)) {
                throw new IllegalStateException(
                    "people were erased under another secret key and would come back with this one;"
                        + " set rollcall.secret-key (or data/secret.key) to the one used then");
              }
            });
  }
}
