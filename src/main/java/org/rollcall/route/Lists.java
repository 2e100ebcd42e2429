package org.rollcall.route;

import org.rollcall.deliver.ListLinks;
import org.rollcall.verify.Balance;

/** The step that gives every selected group its list. */
public final class Lists {
  private final ListLinks links;
  private final Balance balance;

  public Lists(ListLinks links, Balance balance) {
    this.links = links;
    this.balance = balance;
  }

  public void adopt(Work work) {
    if (work.run().reconciling() != null) {
      balance.lists(work.run(), work.provider());
    }
    work.adopted(links.adopt(work.run(), work.provider()));
  }
}
