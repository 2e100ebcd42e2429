package org.rollcall.deliver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rollcall.provider.Limits;

/**
 * Packs removals into few calls. A removal takes all its contacts off all its lists, so contacts
 * may share a call as long as none of them is on a list of the others that it has to stay on.
 */
final class RemovalPacker {
  private static final int OPEN_CALLS = 64;

  private final Limits limits;
  private final List<Call> open = new ArrayList<>();

  RemovalPacker(Limits limits) {
    this.limits = limits;
  }

  /**
   * @param lists lists to be taken off, {@code others} lists the contact stays on
   */
  record Removal(String address, String contactId, Set<Integer> lists, Set<Integer> others) {}

  /** One call: these contacts leave these lists. */
  static final class Call {
    final List<String> contactIds = new ArrayList<>();
    final List<String> addresses = new ArrayList<>();
    final Set<Integer> lists = new LinkedHashSet<>();
    private final Set<Integer> kept = new LinkedHashSet<>();

    private boolean takes(Removal removal, Limits limits) {
      if (contactIds.size() >= limits.removeContacts()
          || removal.lists().stream().anyMatch(kept::contains)
          || removal.others().stream().anyMatch(lists::contains)) {
        return false;
      }
      Set<Integer> union = new LinkedHashSet<>(lists);
      union.addAll(removal.lists());
      return union.size() <= limits.removeLists();
    }

    private void add(Removal removal) {
      contactIds.add(removal.contactId());
      addresses.add(removal.address());
      lists.addAll(removal.lists());
      kept.addAll(removal.others());
    }
  }

  /** Takes a removal; gives a call that has to leave now to make room. */
  Optional<Call> add(Removal removal) {
    for (Call call : open) {
      if (call.takes(removal, limits)) {
        call.add(removal);
        return call.contactIds.size() < limits.removeContacts()
            ? Optional.empty()
            : Optional.of(open.remove(open.indexOf(call)));
      }
    }
    Call call = new Call();
    call.add(removal);
    open.add(call);
    return open.size() <= OPEN_CALLS ? Optional.empty() : Optional.of(open.remove(0));
  }

  /** The calls that are not full. */
  List<Call> rest() {
    return List.copyOf(open);
  }
}
