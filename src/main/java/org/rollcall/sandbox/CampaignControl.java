package org.rollcall.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Campaign.Doer;
import org.rollcall.sandbox.Campaign.Mailing;

/** What staff does with campaigns, and what people do with the mail they got. */
public final class CampaignControl {
  private final Account account;
  private final SandboxClock clock;

  CampaignControl(Account account, SandboxClock clock) {
    this.account = account;
    this.clock = clock;
  }

  /**
   * An event as the reports list it.
   *
   * @param kind {@code sends}, {@code opens}, {@code clicks}, {@code bounces}, {@code optouts},
   *     {@code forwards}
   * @param mailing the provider's campaign activity
   * @param link the id of the link, of clicks only
   * @param detail the code of a bounce, or the reason of an opt-out
   */
  public record EventView(
      String kind,
      String campaign,
      String mailing,
      String contact,
      Instant at,
      @Nullable String link,
      @Nullable String detail) {}

  /** A campaign nobody has got yet; the reports know nothing about it. */
  public String draft(String name) {
    return write(() -> campaigns().draft(name).id);
  }

  /**
   * Sends a new campaign to lists; what people do with it comes by itself as the clock moves on.
   *
   * @param seed the same seed and audience do the same
   */
  public String send(String name, List<String> lists, long seed) {
    return write(
        () -> {
          Campaign campaign = campaigns().draft(name);
          campaigns().send(campaign, named(lists), Behaviour.of(seed));
          return campaign.id;
        });
  }

  /** Sends a campaign, a draft or once more. */
  public void sendAgain(String campaign, List<String> lists, long seed) {
    write(
        () -> {
          campaigns().send(find(campaign), named(lists), Behaviour.of(seed));
          return true;
        });
  }

  private List<MailingList> named(List<String> names) {
    List<MailingList> lists = new ArrayList<>();
    for (String name : names) {
      MailingList list = account.store().listNamed(name);
      if (list == null) {
        throw new IllegalArgumentException("there is no list " + name);
      }
      lists.add(list);
    }
    return lists;
  }

  /**
   * Lets one thing happen, listed at once, whenever it was.
   *
   * @param link the position of the link, from 0, of clicks only
   * @param detail the code of a bounce, or the reason of an opt-out
   */
  public void happens(
      String campaign,
      String kind,
      String address,
      Instant at,
      @Nullable Integer link,
      @Nullable String detail) {
    write(
        () -> {
          EventKind known = EventKind.of(kind);
          Contact contact = account.store().byAddress(Store.normal(address));
          if (known == null || contact == null) {
            throw new IllegalArgumentException("there is no such kind, or no such contact");
          }
          Mailing mailing = find(campaign).mailings.get(0);
          int position = link == null ? -1 : link;
          campaigns()
              .add(
                  mailing,
                  known,
                  contact,
                  at.getEpochSecond(),
                  clock.seconds(),
                  position,
                  detail,
                  null);
          return true;
        });
  }

  /**
   * Makes all rows about a contact in the report of a campaign's first mailing odd.
   *
   * @param kind as in the path of the report
   * @param how null makes them as they should be
   */
  public void spoil(String campaign, String kind, String address, @Nullable Oddity how) {
    write(
        () -> {
          EventKind known = EventKind.of(kind);
          Contact contact = account.store().byAddress(Store.normal(address));
          if (known == null || contact == null) {
            throw new IllegalArgumentException("there is no such kind, or no such contact");
          }
          Map<Doer, Oddity> oddities = find(campaign).mailings.get(0).oddities;
          Doer doer = new Doer(known, contact.index);
          oddities.remove(doer);
          if (how != null) {
            oddities.put(doer, how);
          }
          return true;
        });
  }

  /** Staff deletes a campaign; it stays in the collection, and its reports too. */
  public void remove(String campaign) {
    write(
        () -> {
          Campaign found = find(campaign);
          found.status = "Removed";
          found.updatedAt = clock.seconds();
          return true;
        });
  }

  /** Every event that the reports list now. */
  public void each(Consumer<EventView> sink) {
    write(
        () -> {
          campaigns().advance();
          for (Campaign campaign : campaigns().all) {
            campaign.mailings.forEach(mailing -> each(mailing, sink));
          }
          return true;
        });
  }

  private void each(Mailing mailing, Consumer<EventView> sink) {
    Store store = account.store();
    for (EventKind kind : EventKind.values()) {
      for (Event event : mailing.log(kind).shown()) {
        sink.accept(
            new EventView(
                kind.path(),
                mailing.campaign.id,
                mailing.id,
                store.contactIds.text(event.contact()),
                Instant.ofEpochSecond(event.at()),
                event.link() < 0 ? null : mailing.campaign.links.get(event.link()).urlId(),
                event.detail()));
      }
    }
  }

  private Campaign find(String id) {
    return Objects.requireNonNull(campaigns().campaign(id), "there is no such campaign");
  }

  private Campaigns campaigns() {
    return account.campaigns();
  }

  private <T> T write(java.util.function.Supplier<T> work) {
    return account.store().write(work);
  }
}
