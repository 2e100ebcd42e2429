package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.Fault;
import org.rollcall.verify.Balance;

/**
 * A random life of a scene: members come, change and go, contacts opt out, staff works by hand,
 * calls fail, syncs run. One seed is one life, and {@link #told} is how it went.
 */
final class History {
  private static final List<String> GROUPS = List.of("Board", "Golf", "Tennis");
  private static final int KEYS = 14;
  private static final int ADDRESSES = 16;

  private final Random random;
  private final Scene scene;
  private final Check check;
  private final boolean troubled;
  private final boolean decides;
  private final List<String> told = new ArrayList<>();
  private final @Nullable Identities identities;
  private final Set<String> everWanted = new HashSet<>();
  private int strangers;
  private int syncs;

  /**
   * @param troubled whether calls fail
   * @param identities whether addresses wander and the hub's memory is put back
   * @param decides whether staff make memberships and choose groups in the hub
   */
  History(Scene scene, long seed, boolean troubled, boolean identities, boolean decides) {
    this.scene = scene;
    this.random = new Random(seed);
    this.check = new Check(scene);
    this.identities = identities ? new Identities(scene, random, check, told) : null;
    this.troubled = troubled;
    this.decides = decides;
  }

  List<String> told() {
    return told;
  }

  /** So many steps, then two runs without trouble, after which everything has to be right. */
  void live(int steps) {
    for (int i = 0; i < 10; i++) {
      changeMember();
    }
    for (int i = 0; i < steps; i++) {
      step();
    }
    settleDown();
  }

  private void step() {
    if (decides && random.nextInt(4) == 0) {
      told.add(scene.hands().step(random));
      remember();
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 25) {
      changeMember();
    } else if (dice < 40 && identities != null) {
      identities.step();
      remember();
    } else if (dice < 40) {
      changeMember();
    } else if (dice < 50) {
      removeMember();
    } else if (dice < 58) {
      optOut();
    } else if (dice < 62) {
      deleteContact();
    } else if (dice < 66) {
      stranger();
    } else if (dice < 71) {
      addByHand();
    } else if (dice < 75) {
      takeOffByHand();
    } else if (dice < 85 && troubled) {
      trouble();
    } else {
      sync();
    }
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  private String address() {
    return "a" + random.nextInt(ADDRESSES) + "@example.org";
  }

  private void changeMember() {
    String key = "m" + random.nextInt(KEYS);
    SourceRow row =
        random.nextInt(4) == 0
            ? SourceRow.company(key, any(GROUPS), email())
            : SourceRow.person(key, any(GROUPS), email())
                .withName("First" + random.nextInt(5), "Last" + random.nextInt(5));
    row =
        row.withRole(any(List.of("primary_contact", "billing_contact", "management", "member")))
            .withLogin(random.nextBoolean())
            .withParent(random.nextInt(3) == 0 ? "m" + random.nextInt(KEYS) : null);
    row = row.withOptOut(random.nextInt(12) == 0).withEnabled(random.nextInt(12) != 0);
    row = row.withStatus(random.nextInt(12) == 0 ? "lapsed" : "active");
    List<SourceRow> changed = new ArrayList<>(List.of(row));
    for (SourceRow other : scene.source().rows()) {
      if (other.key().equals(key) && !other.group().equals(row.group())) {
        // a member is the same person in all groups
        changed.add(row.in(other.group()).withEmail(other.email()).withEnabled(other.enabled()));
      }
    }
    told.add("source: " + changed);
    scene.source().put(changed);
    remember();
  }

  private @Nullable String email() {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> "no address at all";
      case 2 -> " " + address().replace("a", "A") + " ";
      default -> address();
    };
  }

  private void removeMember() {
    List<SourceRow> rows = scene.source().rows();
    if (rows.size() > 3) {
      SourceRow row = any(rows);
      told.add("source: " + row.key() + " leaves " + row.group());
      scene.source().remove(row);
      remember();
    }
  }

  private void remember() {
    Wanted.of(scene.rows(), scene.hands()::selects)
        .contacts()
        .forEach((who, contact) -> contact.lists().forEach(l -> everWanted.add(who + " " + l)));
  }

  private void optOut() {
    String address = address();
    if (scene.provider().contact(address).isEmpty()) {
      return;
    }
    if (random.nextBoolean()) {
      scene.unsubscribes(address);
      told.add("provider: " + address + " unsubscribes");
    } else {
      scene.isUnsubscribedByStaff(address);
      told.add("provider: staff unsubscribes " + address);
    }
  }

  private void deleteContact() {
    String address = address();
    if (scene.provider().contact(address).isPresent()) {
      told.add("provider: staff deletes " + address);
      scene.provider().deleteContact(address);
      check.forgetByHand(address);
    }
  }

  private void stranger() {
    String address = "stranger" + strangers++ + "@example.net";
    List<String> lists = random.nextBoolean() ? List.of("Newsletter") : List.of(any(GROUPS));
    told.add("provider: staff creates " + address + " on " + lists);
    scene.provider().createContact(address, lists, Edit.name("By", "Hand"));
    check.foreign(address);
  }

  private void addByHand() {
    String address = address();
    String list = random.nextBoolean() ? "Newsletter" : any(GROUPS);
    ContactView contact = scene.provider().contact(address).orElse(null);
    if (contact == null
        || contact.deleted()
        || contact.permission().equals("unsubscribed")
        || contact.lists().contains(list)) {
      return;
    }
    told.add("provider: staff puts " + address + " on " + list);
    scene.provider().addToList(address, list);
    if (everWanted.contains(address + " " + list)) {
      check.either(address, list);
    } else {
      check.byHand(address, list);
    }
  }

  private void takeOffByHand() {
    String address = address();
    String list = any(GROUPS);
    ContactView contact = scene.provider().contact(address).orElse(null);
    if (contact != null && contact.lists().contains(list)) {
      told.add("provider: staff takes " + address + " off " + list);
      scene.provider().removeFromList(address, list);
      check.either(address, list);
    }
  }

  private void trouble() {
    Fault fault = fault().withTimes(1 + random.nextInt(2)).withSkip(random.nextInt(4));
    told.add("trouble: " + fault);
    if (random.nextInt(6) == 0) {
      scene.provider().expireAccessTokens();
    }
    scene.provider().addFault(fault);
  }

  private Fault fault() {
    Fault.Effect effect =
        any(
            List.of(
                Fault.Effect.STATUS,
                Fault.Effect.STATUS,
                Fault.Effect.HTML,
                Fault.Effect.RESET_BEFORE,
                Fault.Effect.RESET_AFTER,
                Fault.Effect.RESET_AFTER,
                Fault.Effect.TRUNCATE,
                Fault.Effect.EMPTY,
                Fault.Effect.DELAY,
                Fault.Effect.DRIBBLE,
                Fault.Effect.ACTIVITY_FAILED,
                Fault.Effect.ACTIVITY_CANCELLED,
                Fault.Effect.ACTIVITY_TIMED_OUT,
                Fault.Effect.ACTIVITY_STUCK,
                Fault.Effect.LATE,
                Fault.Effect.LATE));
    boolean job = effect.name().startsWith("ACTIVITY") || effect == Fault.Effect.LATE;
    String path = job || random.nextBoolean() ? "/v3/activities/*" : "/v3/*";
    return Fault.of(job ? "POST" : "*", path, effect)
        .withStatus(any(List.of(500, 502, 503, 504)))
        .withDelay(Duration.ofMillis(20 + random.nextInt(600)))
        .withPercent(random.nextInt(101));
  }

  private Runs.Record sync() {
    check.claimed(Wanted.of(scene.rows(), scene.hands()::selects));
    boolean everything = syncs++ % 4 == 2;
    Runs.Record record = everything ? scene.reconcile() : scene.sync();
    if (record.state() == RunState.HELD) {
      told.add("sync: " + record.heldReason() + "; a person approves it");
      record = scene.approve(record);
    }
    told.add((everything ? "reconcile: " : "sync: ") + record.state() + " " + record.error());
    check.nobodyResubscribed();
    check.nothingForeignChanged();
    check.nothingForbidden();
    assertThat(scene.hub().balance().members(Scene.SYNC))
        .as("members against statuses")
        .matches(Balance.Members::addsUp);
    return record;
  }

  /** Removals whose jobs broke in three runs wait for a person, who comes now. */
  private void replayRemovals() {
    scene.hub().deadLetters().open(Scene.SYNC).stream()
        .filter(letter -> letter.kind().equals("batch"))
        .forEach(letter -> scene.hub().deadLetters().settle(letter.id(), true));
  }

  private void settleDown() {
    scene.provider().clearFaults();
    if (identities != null) {
      identities.end();
    }
    told.add("all trouble ends");
    try {
      scene.provider().releaseStuckActivities();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    replayRemovals();
    sync();
    Runs.Record second = sync();
    assertThat(second.state()).as("the second run without trouble").isEqualTo(RunState.COMPLETED);
    check.converged();
    check.statuses();
    check.noOptOutLost();
    scene.provider().clearJournal();
    sync();
    assertThat(scene.provider().journal())
        .as("writes of a run with nothing to do")
        .noneMatch(entry -> entry.path().startsWith("/v3") && !entry.method().equals("GET"));
    nothingDiffers();
  }

  /**
   * What the hub knows is what the provider holds, and the lists add up by the provider's count.
   */
  private void nothingDiffers() {
    Runs.Record last = scene.reconcile();
    assertThat(scene.drift(last)).as("differences after the last run").isEmpty();
    assertThat(scene.hub().balance().lists(Scene.SYNC))
        .isNotEmpty()
        .filteredOn(list -> scene.hands().selects(list.list()))
        .allMatch(list -> list.run() == last.id())
        .allMatch(Balance.ListBalance::addsUp)
        .allMatch(
            list ->
                list.atProvider() == scene.provider().list(list.list()).orElseThrow().members());
  }
}
