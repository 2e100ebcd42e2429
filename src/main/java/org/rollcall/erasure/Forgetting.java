package org.rollcall.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.erasure.Person.Member;
import org.rollcall.resolve.Resolve;
import org.rollcall.run.Lease;
import org.rollcall.run.Leases;
import org.rollcall.run.Target;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * Erases one person everywhere in the hub. Nothing is changed at the provider; what remains there
 * is told.
 */
public final class Forgetting {
  private final Store store;
  private final Settings settings;
  private final Erasures erasures;
  private final Leases leases;
  private final Clock clock;

  public Forgetting(Store store, Settings settings, Erasures erasures, Leases leases, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.erasures = erasures;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * What the hub holds about somebody; nothing is changed.
   *
   * @param who a member's key or an address
   * @param sync where to look; null everywhere
   * @throws Unclear when several members could be meant
   */
  public Dossier look(String who, @Nullable String sync) {
    return store.transaction(connection -> dossier(connection, who, sync));
  }

  /**
   * Erases somebody.
   *
   * @param export takes what is held before anything is erased; when it throws, nothing is
   * @param by who decided
   * @throws IllegalStateException while a run is under way or unfinished
   */
  public Dossier forget(String who, @Nullable String sync, String by, Consumer<Dossier> export) {
    List<Lease> held = new ArrayList<>();
    try {
      settings.accounts().keySet().forEach(account -> held.add(alone(account)));
      Dossier erased =
          store.transaction(
              connection -> {
                for (Lease lease : held) {
                  lease.fence(connection);
                }
                refuseUnfinished(connection);
                Dossier dossier = dossier(connection, who, sync);
                export.accept(dossier);
                erase(connection, dossier, by);
                return dossier;
              });
      sweepSpool();
      return erased;
    } finally {
      held.forEach(Lease::close);
    }
  }

  private Lease alone(String account) {
    return leases
        .take(Leases.ofAccount(account))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a run of account "
                        + account
                        + " is under way; nothing was erased, try again when it has ended"));
  }

  /** What a cut-off run had sent would be read back as news about somebody unknown. */
  private static void refuseUnfinished(Connection connection) throws SQLException {
    Optional<String> sync =
        Query.named(connection, "erasure/unfinished").first(row -> row.getString(1));
    if (sync.isPresent()) {
      throw new IllegalStateException(
          "a run of %s was cut off before it had settled; nothing was erased, run rollcall sync %1$s first"
              .formatted(sync.get()));
    }
  }

  private Dossier dossier(Connection connection, String who, @Nullable String sync)
      throws SQLException {
    erasures.requireSameKey(connection);
    Person person = new People(connection, sync).find(who);
    return new Dossier(
        person,
        new Traces(connection, person).rows(),
        Query.named(connection, "erasure/remains")
            .bind("addresses", person.addresses().toArray(String[]::new))
            .list(Forgetting::remains),
        before(connection, hashes(person, who)));
  }

  private static Remains remains(ResultSet row) throws SQLException {
    return new Remains(
        row.getString("account"),
        row.getString("contact_id"),
        row.getString("address"),
        row.getString("permission"),
        row.getString("lists"));
  }

  /** The person's own hashes, and those of what was named, though nothing is known about it. */
  private byte[][] hashes(Person person, String who) {
    List<byte[]> hashes = new ArrayList<>();
    person.members().forEach(member -> hashes.add(erasures.ofKey(member.sync(), member.key())));
    person.addresses().forEach(address -> hashes.add(erasures.ofAddress(address)));
    if (person.members().isEmpty()) {
      settings.syncs().keySet().forEach(sync -> hashes.add(erasures.ofKey(sync, who)));
    }
    return hashes.toArray(byte[][]::new);
  }

  private static Dossier.@Nullable Before before(Connection connection, byte[][] hashes)
      throws SQLException {
    return Query.of(
            connection,
            "SELECT o.at, o.opted_out FROM erasure o JOIN erasure_hash h USING (erasure_id)"
                + " WHERE h.hash = ANY (:hashes) ORDER BY o.at DESC LIMIT 1")
        .bind("hashes", hashes)
        .first(
            row ->
                new Dossier.Before(
                    java.util.Objects.requireNonNull(Query.instant(row, "at")),
                    row.getBoolean("opted_out")))
        .orElse(null);
  }

  private void erase(Connection connection, Dossier dossier, String by) throws SQLException {
    Person person = dossier.person();
    keepHashes(connection, person, by);
    new Traces(connection, person).erase();
    for (Member member : person.members()) {
      forgetReading(connection, member);
      handOver(connection, member, person);
      forgetDeeds(connection, member);
    }
    Query.of(connection, "UPDATE account SET version = version + 1").update();
  }

  private void keepHashes(Connection connection, Person person, String by) throws SQLException {
    byte[][] hashes = ownHashes(person);
    boolean optedOut =
        Query.named(connection, "erasure/opted_out")
            .bind("addresses", person.addresses().toArray(String[]::new))
            .bind("hashes", hashes)
            .first(row -> row.getBoolean(1))
            .orElseThrow();
    Instant now = clock.instant();
    long id =
        Query.of(
                connection,
                "INSERT INTO erasure (at, by, opted_out, key_check)"
                    + " VALUES (:now, :by, :out, :check) RETURNING erasure_id")
            .bind("now", now)
            .bind("by", by)
            .bind("out", optedOut)
            .bind("check", erasures.keyCheck())
            .number();
    Query.named(connection, "erasure/keep_hashes")
        .bind("id", (int) id)
        .bind("hashes", hashes)
        .update();
    Query.of(
            connection,
            "DELETE FROM erasure o WHERE NOT EXISTS ("
                + "SELECT FROM erasure_hash h WHERE h.erasure_id = o.erasure_id)")
        .update();
  }

  private byte[][] ownHashes(Person person) {
    List<byte[]> hashes = new ArrayList<>();
    person.members().forEach(member -> hashes.add(erasures.ofKey(member.sync(), member.key())));
    person.addresses().forEach(address -> hashes.add(erasures.ofAddress(address)));
    return hashes.toArray(byte[][]::new);
  }

  private static void forgetDeeds(Connection connection, Member member) throws SQLException {
    for (String statement : List.of("erasure/audit", "erasure/orders")) {
      Query.named(connection, statement)
          .bind("sync", member.sync())
          .bind("key", member.key())
          .update();
    }
  }

  /** The next reading is compared with what is known, even when the source is the same. */
  private static void forgetReading(Connection connection, Member member) throws SQLException {
    Query.of(
            connection,
            "UPDATE sync SET fingerprint_high = NULL, fingerprint_low = NULL, quiet_version = NULL"
                + " WHERE account_id = :account AND sync_id = :sync")
        .bind("account", member.account())
        .bind("sync", member.syncId())
        .update();
  }

  /** An address that stays goes to another of those who have it. */
  private void handOver(Connection connection, Member member, Person person) throws SQLException {
    SyncSettings sync = settings.syncs().get(member.sync());
    if (sync != null && !person.shared().isEmpty()) {
      Resolve.decide(
          connection,
          new Target(member.account(), member.syncId(), sync, settings.account(sync.account())),
          person.shared().stream().map(Person.Shared::address).toList());
    }
  }

  /** What a reading that was killed left behind; no run is under way that could need it. */
  private void sweepSpool() {
    Path folder = settings.home().resolve("data/staging");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "reading*.rows")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
