package org.rollcall.route;

import org.rollcall.deliver.ListLinks;

/** The step that gives every selected group its list. */
public final class Lists {
  private final ListLinks links;

  public Lists(ListLinks links) {
    this.links = links;
  }

  public void adopt(Work work) {
    work.adopted(links.adopt(work.run(), work.provider()));
  }
}
