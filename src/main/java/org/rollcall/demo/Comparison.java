package org.rollcall.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rollcall.sandbox.Control;
import org.rollcall.verify.Statuses;
import org.rollcall.verify.Statuses.MemberStatus;

/**
 * Holds what the hub says of every member against what the provider really has, membership by
 * membership, in both directions.
 */
final class Comparison {
  private static final int PAGE = 1_000;

  private final Statuses statuses;
  private final Control provider;
  private final Set<Held> wanted = new HashSet<>();
  private final Set<String> unsubscribed = new HashSet<>();
  private final Set<Held> unsubscribedOn = new HashSet<>();
  private final List<String> differences = new ArrayList<>();
  private long unsettled;

  Comparison(Statuses statuses, Control provider) {
    this.statuses = statuses;
    this.provider = provider;
  }

  /**
   * What was compared.
   *
   * @param memberships contacts on lists that both sides agree on
   * @param foreign those that staff made
   * @param unsettled members that still wait for something
   * @param differences member keys and lists on which the two do not agree; none when all is right
   */
  record Result(
      int memberships, int foreign, int unsubscribed, long unsettled, List<String> differences) {
    boolean exact() {
      return differences.isEmpty() && unsettled == 0;
    }
  }

  Result compare(String sync, List<Held> foreign) {
    statuses.members(sync, this::expect);
    Set<Held> theirs = new HashSet<>(foreign);
    theirs.removeAll(wanted);
    Set<Held> found = new HashSet<>();
    int foreignFound = 0;
    for (Control.ContactView contact : contacts()) {
      for (String list : contact.lists()) {
        Held held = new Held(String.valueOf(contact.address()), list);
        if (theirs.contains(held)) {
          foreignFound++;
        } else if (wanted.contains(held)) {
          found.add(held);
          mailable(contact, held);
        } else if (!unsubscribedOn.contains(held)) {
          differences.add("somebody is on " + list + " whom no member explains");
        }
      }
      stillUnsubscribed(contact);
    }
    long missing = wanted.stream().filter(held -> !found.contains(held)).count();
    if (missing > 0) {
      differences.add(missing + " members count as synced and are not on their list");
    }
    if (foreignFound != theirs.size()) {
      differences.add((theirs.size() - foreignFound) + " memberships made by staff are gone");
    }
    return new Result(
        found.size(), foreignFound, unsubscribed.size(), unsettled, List.copyOf(differences));
  }

  private void expect(MemberStatus member) {
    switch (member.status()) {
      case "synced" -> wanted.add(held(member));
      case "unsubscribed" -> {
        unsubscribed.add(address(member));
        unsubscribedOn.add(held(member));
      }
      case "not applicable" -> {}
      default -> unsettled++;
    }
  }

  private static Held held(MemberStatus member) {
    return new Held(address(member), String.valueOf(member.list()));
  }

  private static String address(MemberStatus member) {
    return String.valueOf(member.email()).strip().toLowerCase(Locale.ROOT);
  }

  private void mailable(Control.ContactView contact, Held held) {
    if (contact.permission().equals("unsubscribed")) {
      differences.add("somebody who unsubscribed counts as synced on " + held.list());
    }
  }

  private void stillUnsubscribed(Control.ContactView contact) {
    boolean gone = contact.permission().equals("unsubscribed");
    if (unsubscribed.contains(String.valueOf(contact.address())) && !gone) {
      differences.add("somebody who unsubscribed may be mailed again");
    }
  }

  private List<Control.ContactView> contacts() {
    List<Control.ContactView> all = new ArrayList<>();
    List<Control.ContactView> page = provider.contacts(0, PAGE);
    for (int from = PAGE; !page.isEmpty(); from += PAGE) {
      page.stream().filter(contact -> !contact.deleted()).forEach(all::add);
      page = provider.contacts(from, PAGE);
    }
    return all;
  }
}
