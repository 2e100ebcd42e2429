package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Campaign.Mailing;

/**
 * The campaigns of one account and what became of them. Guarded by the store's lock, the writing
 * one, because looking may list what has become due.
 */
final class Campaigns {
  private static final int MAILINGS = 8;

  private final Store store;
  private final SandboxClock clock;
  private final Ids ids;
  private final Ids mailingIds;
  final List<Campaign> all = new ArrayList<>();

  /** Opt-outs and complaints that change the contact when their time comes. */
  private final PriorityQueue<Withdrawal> withdrawals =
      new PriorityQueue<>(Comparator.comparingLong(Withdrawal::at));

  private int events;

  Campaigns(Store store, SandboxClock clock, int account, long bornMillis) {
    this.store = store;
    this.clock = clock;
    this.ids = new Ids(bornMillis, account, 6);
    this.mailingIds = new Ids(bornMillis, account, 7);
  }

  /**
   * @param complained counts as abuse in the campaign's summary; no report names who it was
   */
  private record Withdrawal(
      Campaign campaign, int contact, long at, String reason, boolean complained) {}

  Campaign draft(String name) {
    Campaign campaign = new Campaign(all.size(), ids.text(all.size()), name, clock.seconds());
    all.add(campaign);
    mailing(campaign, "primary_email");
    return campaign;
  }

  private Mailing mailing(Campaign campaign, String role) {
    String id = mailingIds.text(campaign.position * MAILINGS + campaign.mailings.size());
    Mailing mailing = new Mailing(campaign, id, role);
    campaign.mailings.add(mailing);
    return mailing;
  }

  /** Sends to everybody on these lists who may be mailed, and lets what follows come by itself. */
  void send(Campaign campaign, List<MailingList> lists, Behaviour behaviour) {
    Mailing mailing = campaign.sent() ? mailing(campaign, "resend") : campaign.mailings.get(0);
    BitSet audience = new BitSet();
    for (MailingList list : lists) {
      audience.or(list.members);
      mailing.lists.add(list.position);
    }
    audience.and(store.mailable());
    mailing.sentAt = clock.seconds();
    campaign.sentAt = mailing.sentAt;
    campaign.updatedAt = mailing.sentAt;
    campaign.status = "Done";
    behaviour.links(campaign);
    for (int at = audience.nextSetBit(0); at >= 0; at = audience.nextSetBit(at + 1)) {
      behaviour.act(this, mailing, store.contacts.get(at));
    }
  }

  /** Lets something happen, listed from {@code shownAt} on. */
  void add(
      Mailing mailing,
      EventKind kind,
      Contact contact,
      long at,
      long shownAt,
      int link,
      @Nullable String detail,
      @Nullable String device) {
    Event event =
        new Event(events++, contact.index, contact.address, at, shownAt, link, detail, device);
    mailing.log(kind).add(event);
    if (kind == EventKind.OPTOUTS) {
      String reason = detail == null ? "" : detail;
      withdrawals.add(new Withdrawal(mailing.campaign, contact.index, at, reason, false));
    }
  }

  void complain(Mailing mailing, Contact contact, long at) {
    withdrawals.add(new Withdrawal(mailing.campaign, contact.index, at, "complaint", true));
  }

  /** Who left until now is unsubscribed when this returns. */
  void withdraw() {
    long now = clock.seconds();
    while (!withdrawals.isEmpty() && withdrawals.peek().at() <= now) {
      withdraw(withdrawals.remove());
    }
  }

  /** What is due by the clock has happened when this returns. */
  void advance() {
    withdraw();
    long now = clock.seconds();
    for (Campaign campaign : all) {
      for (Mailing mailing : campaign.mailings) {
        mailing.logs.values().forEach(log -> log.advance(now));
      }
    }
  }

  private void withdraw(Withdrawal due) {
    if (due.complained()) {
      due.campaign().abuse++;
    }
    Contact contact = store.contacts.get(due.contact());
    if (contact.permission != Permission.UNSUBSCRIBED) {
      store.setPermission(contact, Permission.UNSUBSCRIBED, Origin.CONTACT);
      contact.optOutAt = due.at();
      contact.optOutReason = due.reason().isEmpty() ? null : due.reason();
      store.touch(contact, Origin.CONTACT);
    }
  }

  @Nullable Campaign campaign(String id) {
    int position = ids.position(id);
    return position < 0 || position >= all.size() ? null : all.get(position);
  }

  /** Also finds those of drafts, about which there is no report. */
  @Nullable Mailing mailing(String id) {
    int position = mailingIds.position(id);
    int campaign = position < 0 ? -1 : position / MAILINGS;
    if (campaign < 0 || campaign >= all.size()) {
      return null;
    }
    List<Mailing> mailings = all.get(campaign).mailings;
    int which = position % MAILINGS;
    return which < mailings.size() ? mailings.get(which) : null;
  }

  /** Those that were sent, the newest first. */
  List<Campaign> sent() {
    return all.stream()
        .filter(Campaign::sent)
        .sorted(
            Comparator.comparingLong((Campaign campaign) -> campaign.sentAt)
                .thenComparingInt(campaign -> campaign.position)
                .reversed())
        .toList();
  }
}
