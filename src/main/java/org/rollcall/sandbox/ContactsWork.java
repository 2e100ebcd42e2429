package org.rollcall.sandbox;

import org.jspecify.annotations.Nullable;

/** Does one thing to each selected contact, a thousand at a time. */
final class ContactsWork implements Work {
  /** What happens to one contact; false when it could not be done. */
  interface Deed {
    boolean apply(Contact contact, boolean dry);
  }

  private static final int AT_ONCE = 1_000;

  private final Store store;
  private final Selection selection;
  private final int lists;
  private final Deed deed;
  private int @Nullable [] selected;

  ContactsWork(Store store, Selection selection, int lists, Deed deed) {
    this.store = store;
    this.selection = selection;
    this.lists = lists;
    this.deed = deed;
  }

  @Override
  public int size() {
    return selected().length;
  }

  private int[] selected() {
    int[] found = selected;
    if (found == null) {
      found = store.read(() -> selection.resolve(store));
      selected = found;
    }
    return found;
  }

  @Override
  public void apply(int from, int to, Tally tally, boolean dry) {
    int[] found = selected();
    tally.lists = lists;
    tally.total = selection.way().equals("contact_ids") ? selection.values().size() : found.length;
    for (int start = from; start < to; start += AT_ONCE) {
      int first = start;
      int end = Math.min(to, start + AT_ONCE);
      store.change(
          () -> {
            for (int i = first; i < end; i++) {
              if (deed.apply(store.contacts.get(found[i]), dry)) {
                tally.completed++;
              }
            }
          });
    }
  }
}
