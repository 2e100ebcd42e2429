package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Control;
import org.rollcall.sandbox.Control.ContactView;
import org.rollcall.sandbox.JournalEntry;
import org.rollcall.store.Query;
import org.rollcall.verify.Statuses.MemberStatus;

/** Compares a provider with what it must hold, and its journal with what must never happen. */
public final class Check {
  private final Scene scene;
  private final Set<String> byHand = new HashSet<>();
  private final Set<String> either = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Map<String, ContactView> foreign = new HashMap<>();

  public Check(Scene scene) {
    this.scene = scene;
  }

  /** This contact is none of the hub's business and stays exactly as it is now. */
  public void foreign(String address) {
    foreign.put(address, find(address));
  }

  /** Staff put this address on this list; the membership stays although no member is behind it. */
  public void byHand(String address, String list) {
    byHand.add(id(address) + " " + list);
  }

  /** Both staff and the hub had a hand in this membership: it may stay or go. */
  public void either(String address, String list) {
    byHand.remove(id(address) + " " + list);
    either.add(id(address) + " " + list);
  }

  /** Whoever deletes a contact takes what staff did to it away as well. */
  public void forgetByHand(String address) {
    String id = id(address);
    byHand.removeIf(membership -> membership.startsWith(id + " "));
  }

  /**
   * A hub with an old memory cannot tell what it did since from what staff did: it leaves such
   * memberships alone.
   *
   * @param known the memberships it remembers, each as contact id and list
   */
  public void madeByNobodyKnown(Set<String> known) {
    for (ContactView contact : contacts()) {
      for (String list : contact.lists()) {
        String membership = contact.id() + " " + list;
        if (!known.contains(membership) && !byHand.contains(membership)) {
          either.add(membership);
        }
      }
    }
  }

  /** The provider does not take this address. */
  public void refused(String address) {
    refused.add(address);
  }

  /** What staff did to memberships that the source wants now may become the hub's in a run. */
  public void claimed(Wanted wanted) {
    for (ContactView contact : contacts()) {
      for (String list : wanted.listsOf(contact.address())) {
        if (byHand.remove(contact.id() + " " + list)) {
          either.add(contact.id() + " " + list);
        }
      }
    }
  }

  /** Lists, fields and permissions of every contact. */
  public void converged() {
    converged(Wanted.of(counting(), scene.hands()::selects));
  }

  /**
   * The source rows without those of members who opted out under an earlier address, and of those
   * whom the rules about engagement leave out.
   */
  private List<SourceRow> counting() {
    Set<String> carried = carried();
    Engaged engaged = new Engaged(scene);
    return Wanted.counted(scene.rows()).stream()
        .filter(row -> !carried.contains(row.key() + " in " + row.group()))
        .filter(row -> !Wanted.eligible(row) || !engaged.leavesOut(row))
        .toList();
  }

  /** Rows that the hub keeps off the lists for an earlier address; each for a good reason. */
  private Set<String> carried() {
    Set<String> carried = new HashSet<>();
    for (MemberStatus status : scene.statuses()) {
      if ("under an earlier address".equals(status.detail())) {
        assertThat(scene.source().addressesOf(status.memberKey()))
            .as("earlier addresses of " + status.memberKey())
            .anyMatch(
                address ->
                    !address.equals(status.email())
                        && (optedOut(address) || scene.hasOptedOut(address)));
        carried.add(status.memberKey() + " in " + status.group());
      }
    }
    return carried;
  }

  private boolean optedOut(String address) {
    return scene
        .provider()
        .contact(address)
        .filter(contact -> contact.permission().equals("unsubscribed"))
        .isPresent();
  }

  public void converged(Wanted wanted) {
    assertThat(differences(wanted)).as("what the provider holds otherwise than wanted").isEmpty();
    nothingForeignChanged();
    nobodyResubscribed();
    nothingForbidden();
  }

  public List<String> differences(Wanted wanted) {
    List<String> wrong = new ArrayList<>();
    Set<String> met = new HashSet<>();
    for (ContactView contact : contacts()) {
      String address = String.valueOf(contact.address());
      if (foreign.containsKey(address)) {
        continue;
      }
      if (!met.add(address)) {
        wrong.add(address + " exists twice");
      }
      Set<String> lists = new TreeSet<>(contact.lists());
      // of a group that is not selected the list stays as it is
      lists.removeIf(list -> !scene.hands().selects(list));
      Wanted.Contact want = refused.contains(address) ? null : wanted.contacts().get(address);
      if (contact.permission().equals("unsubscribed")) {
        continue;
      }
      Set<String> right = new TreeSet<>(want == null ? Set.of() : want.lists());
      for (String list : lists) {
        if (byHand.contains(contact.id() + " " + list)
            || either.contains(contact.id() + " " + list)) {
          right.add(list);
        }
      }
      if (!lists.equals(right)) {
        wrong.add(address + " is on " + lists + " and belongs on " + right);
      }
      if (want != null && contact.deleted()) {
        wrong.add(address + " is deleted and wanted");
      }
      if (want != null) {
        fields(contact, want.winner(), wrong);
      }
    }
    for (String address : wanted.contacts().keySet()) {
      if (!met.contains(address) && !refused.contains(address) && !scene.hasOptedOut(address)) {
        wrong.add(address + " is missing");
      }
    }
    for (ContactView contact : contacts()) {
      boolean mailable = !contact.deleted() && !contact.permission().equals("unsubscribed");
      for (String membership : byHand) {
        String[] parts = membership.split(" ", 2);
        if (mailable && contact.id().equals(parts[0]) && !contact.lists().contains(parts[1])) {
          wrong.add(contact.address() + " was taken off " + parts[1] + ", where staff had put it");
        }
      }
    }
    return wrong;
  }

  /** Every member of every group has the status that the design gives it. */
  public void statuses() {
    Set<String> carried = carried();
    List<SourceRow> rows = counting();
    Wanted wanted = Wanted.of(rows, scene.hands()::selects);
    List<String> wrong = new ArrayList<>();
    Map<String, MemberStatus> statuses = new HashMap<>();
    scene.statuses().forEach(s -> statuses.put(s.memberKey() + " in " + s.group(), s));
    for (SourceRow row : Wanted.counted(scene.rows())) {
      String who = row.key() + " in " + row.group();
      MemberStatus status = statuses.remove(who);
      String right = carried.contains(who) ? "unsubscribed" : status(row, rows, wanted);
      if (status == null || !status.status().equals(right)) {
        wrong.add(who + " has " + status + " instead of " + right);
      } else if (right.equals("not applicable") && status.reason() == null) {
        wrong.add(who + " has no reason");
      }
    }
    statuses.values().forEach(status -> wrong.add("nobody is behind " + status));
    assertThat(wrong).as("statuses").isEmpty();
  }

  private String status(SourceRow row, List<SourceRow> rows, Wanted wanted) {
    if (!rows.contains(row) || !Wanted.eligible(row) || !scene.hands().selects(row.group())) {
      return "not applicable";
    }
    String address = Wanted.address(row);
    List<SourceRow> rivals =
        rows.stream()
            .filter(r -> Wanted.eligible(r) && r.group().equals(row.group()))
            .filter(r -> Wanted.address(r).equals(address))
            .toList();
    if (!wanted.best(rivals).key().equals(row.key())) {
      return "not applicable";
    }
    boolean known = scene.provider().contact(address).isPresent();
    if (known ? find(address).permission().equals("unsubscribed") : scene.hasOptedOut(address)) {
      return "unsubscribed";
    }
    return refused.contains(address) ? "failed" : "synced";
  }

  private static void fields(ContactView contact, SourceRow winner, List<String> wrong) {
    same(contact, "first name", winner.firstName(), contact.firstName(), wrong);
    same(contact, "last name", winner.lastName(), contact.lastName(), wrong);
    same(contact, "company", winner.companyName(), contact.companyName(), wrong);
  }

  /** A field that the source leaves empty is left alone at the provider. */
  private static void same(
      ContactView contact,
      String field,
      @Nullable String right,
      @Nullable String actual,
      List<String> wrong) {
    if (right != null && !right.equals(actual)) {
      wrong.add(contact.address() + " has the " + field + " " + actual + " instead of " + right);
    }
  }

  public void nothingForeignChanged() {
    foreign.forEach(
        (address, before) ->
            assertThat(find(address)).as("a contact that is not ours").isEqualTo(before));
  }

  /** Everybody who is unsubscribed at the provider is in the consent ledger. */
  public void noOptOutLost() {
    Set<String> known =
        new HashSet<>(
            scene
                .hub()
                .store()
                .transaction(
                    connection ->
                        Query.of(connection, "SELECT address FROM consent WHERE what = 'opt_out'")
                            .list(row -> row.getString(1))));
    assertThat(known)
        .as("addresses in the ledger")
        .containsAll(
            contacts().stream()
                .filter(contact -> contact.permission().equals("unsubscribed"))
                .map(contact -> String.valueOf(contact.address()))
                .toList());
  }

  public void nobodyResubscribed() {
    for (String address : scene.everOptedOut()) {
      scene
          .provider()
          .contact(address)
          .ifPresent(
              contact ->
                  assertThat(contact.permission())
                      .as("permission of somebody who opted out: " + address)
                      .isEqualTo("unsubscribed"));
    }
  }

  /** Calls that re-subscribe or blank, and more calls in a second than allowed. */
  public void nothingForbidden() {
    for (JournalEntry entry : scene.provider().journal()) {
      assertThat(entry.path()).doesNotContain("sign_up_form").doesNotContain("resubscribe");
      assertThat(entry.method()).isNotIn("DELETE", "PATCH");
      if (entry.method().equals("PUT") && entry.note() != null) {
        assertThat(entry.path()).startsWith("/v3/contacts/");
        assertThat(entry.note())
            .as("an address change leaves the permission alone")
            .matches("(\\w+) -> \\1(, new address)?");
      }
    }
  }

  /** Never more than so many calls within any second, by the provider's own book. */
  public static void neverFasterThan(int perSecond, Control provider) {
    List<Long> arrivals = provider.arrivals();
    for (int i = perSecond; i < arrivals.size(); i++) {
      assertThat(arrivals.get(i) - arrivals.get(i - perSecond))
          .as("milliseconds in which " + (perSecond + 1) + " calls arrived")
          .isGreaterThanOrEqualTo(1_000);
    }
  }

  private List<ContactView> contacts() {
    return scene.provider().contacts(0, Integer.MAX_VALUE).stream()
        .filter(contact -> contact.address() != null)
        .toList();
  }

  /** Whatever address a contact gets, it stays the same contact. */
  private String id(String address) {
    return find(address).id();
  }

  private ContactView find(String address) {
    return Objects.requireNonNull(
        scene.provider().contact(address).orElse(null), "no contact " + address);
  }
}
