package org.rollcall.harness;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.store.Query;

/**
 * What makes it hard to tell who is who: members swap addresses, staff gives contacts other ones,
 * contacts opt out in the middle of a run, and the hub wakes up with an old memory.
 */
final class Identities {
  private static final int MOST_CALLS = 30;

  private final Scene scene;
  private final Random random;
  private final Check check;
  private final List<String> told;
  private final Tap tap;
  private @Nullable String backup;
  private int renamings;

  Identities(Scene scene, Random random, Check check, List<String> told) {
    this.scene = scene;
    this.random = random;
    this.check = check;
    this.told = told;
    this.tap = scene.tap();
    scene.set("rollcall.syncs.chamber.address-conflicts", "source");
  }

  void step() {
    int dice = random.nextInt(20);
    if (dice < 8) {
      swap();
    } else if (dice < 12) {
      rename();
    } else if (dice < 18) {
      ambush();
    } else {
      remember();
    }
  }

  void end() {
    tap.watch(new Tap.Watch() {});
  }

  /** Two rows exchange their addresses. */
  private void swap() {
    List<SourceRow> rows = scene.source().rows();
    SourceRow one = rows.get(random.nextInt(rows.size()));
    SourceRow other = rows.get(random.nextInt(rows.size()));
    if (!one.key().equals(other.key())) {
      told.add("source: %s and %s swap addresses".formatted(one, other));
      scene.source().put(one.withEmail(other.email()), other.withEmail(one.email()));
    }
  }

  /** Staff gives a contact an address of its own, or one that a member has or may have. */
  private void rename() {
    String address = address();
    String now = random.nextBoolean() ? "renamed" + renamings++ + "@example.org" : address();
    ContactView contact = scene.provider().contact(address).orElse(null);
    if (contact == null
        || contact.deleted()
        || contact.permission().equals("unsubscribed")
        || scene.hasOptedOut(now)
        || scene.provider().contact(now).isPresent()) {
      return;
    }
    told.add("provider: staff renames " + address + " to " + now);
    scene.isRenamedByStaff(address, now);
  }

  /** Somebody opts out right before or after one of the next calls. */
  private void ambush() {
    String address = address();
    int call = 1 + random.nextInt(MOST_CALLS);
    boolean before = random.nextBoolean();
    told.add(
        "provider: %s unsubscribes %s call %d"
            .formatted(address, before ? "before" : "after", call));
    AtomicInteger number = new AtomicInteger();
    tap.watch(
        new Tap.Watch() {
          @Override
          public boolean arrived(int ignored, String what) {
            return !before || number.incrementAndGet() != call || optOut(address);
          }

          @Override
          public boolean answered(int ignored, String what) {
            return before || number.incrementAndGet() != call || optOut(address);
          }
        });
  }

  private boolean optOut(String address) {
    if (scene.provider().contact(address).isPresent()) {
      scene.unsubscribes(address);
    }
    return true;
  }

  /** The hub's database is saved, or an old copy of it is put back. */
  private void remember() {
    if (backup == null) {
      told.add("hub: its database is saved");
      backup = scene.backup();
    } else {
      told.add("hub: an old copy of its database is put back");
      endTheJobsThatWillBeForgotten();
      scene.restore(backup);
      scene.hands().remember();
      check.madeByNobodyKnown(known());
      backup = null;
    }
  }

  /**
   * What a job of a lost run does after the restore looks to the hub like staff's doing, and stays;
   * so its jobs end before, while the oracle can still tell whose they were.
   */
  private void endTheJobsThatWillBeForgotten() {
    try {
      scene.provider().releaseStuckActivities();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The memberships that the restored database knows of, each as contact id and list. */
  private Set<String> known() {
    return new HashSet<>(
        scene
            .hub()
            .store()
            .transaction(
                connection ->
                    Query.of(
                            connection,
                            "SELECT c.contact_id || ' ' || t.name FROM membership k"
                                + " JOIN contact c ON c.address = k.address"
                                + " JOIN list t ON t.list_no = k.list_no")
                        .list(row -> row.getString(1))));
  }

  private String address() {
    return "a" + random.nextInt(16) + "@example.org";
  }
}
