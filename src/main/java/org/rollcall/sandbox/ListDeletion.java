package org.rollcall.sandbox;

import java.util.List;

/** Deletes lists and their memberships, not their contacts. */
final class ListDeletion implements Work {
  private final Store store;
  private final List<MailingList> lists;

  ListDeletion(Store store, List<MailingList> lists) {
    this.store = store;
    this.lists = lists;
  }

  @Override
  public int size() {
    return lists.size();
  }

  @Override
  public void apply(int from, int to, Tally tally, boolean dry) {
    for (MailingList list : lists.subList(from, to)) {
      tally.total++;
      tally.completed++;
      if (!dry) {
        store.change(() -> deleteOnce(list));
      }
    }
  }

  private void deleteOnce(MailingList list) {
    if (!list.deleted()) {
      store.deleteList(list);
    }
  }
}
