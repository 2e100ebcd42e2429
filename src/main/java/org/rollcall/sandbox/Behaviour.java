package org.rollcall.sandbox;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Campaign.Mailing;

/**
 * How people treat a mailing, the same for the same seed: most never open it, proxies open it at
 * once for a third of them, few links get most of the clicks, and some of it is reported late.
 *
 * @param late the share of events that the reports list only hours or days later
 */
record Behaviour(long seed, double late) {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;
  private static final String[] DEVICES = {"computer", "mobile", "mobile", "tablet"};
  private static final String[] REASONS = {
    "No longer interested", "Too many e-mails", "The content is not what I expected"
  };

  /** The documented codes, by how often they occur. */
  private static final String CODES = "BBBBSSSDFFXZZV";

  static Behaviour of(long seed) {
    return new Behaviour(seed, 0.02);
  }

  void links(Campaign campaign) {
    Random random = new Random(seed ^ campaign.position * 7919L);
    int count = 3 + random.nextInt(8);
    for (int i = campaign.links.size(); i < count; i++) {
      String urlId = Long.toString(1_100_000_000_000L + campaign.position * 1_000L + i);
      campaign.links.add(
          new Campaign.Link(urlId, "https://www.example.org/news/" + campaign.position + "/" + i));
    }
  }

  void act(Campaigns campaigns, Mailing mailing, Contact contact) {
    long which = mailing.campaign.position * 8L + mailing.campaign.mailings.indexOf(mailing);
    long person = (seed * 31 + which) * 1_000_003L + contact.index;
    // neighbouring seeds begin with similar numbers
    Random random = new Random(person * 0x9E37_79B9_7F4A_7C15L);
    new Person(random, campaigns, mailing, contact).act();
  }

  /** One recipient. */
  private final class Person {
    private final Random random;
    private final Campaigns campaigns;
    private final Mailing mailing;
    private final Contact contact;

    Person(Random random, Campaigns campaigns, Mailing mailing, Contact contact) {
      this.random = random;
      this.campaigns = campaigns;
      this.mailing = mailing;
      this.contact = contact;
    }

    void act() {
      long sent = mailing.sentAt + random.nextInt(5 * MINUTE);
      happens(EventKind.SENDS, sent, -1, null, null);
      if (random.nextInt(100) < 3 && bounces(sent)) {
        return;
      }
      if (random.nextInt(100) < 33) {
        opensByProxy(sent);
      }
      if (random.nextInt(100) < 28) {
        opens(sent);
      }
    }

    /** Whether that was the end of it: mail answered by an absence note was delivered. */
    private boolean bounces(long sent) {
      String code = String.valueOf(CODES.charAt(random.nextInt(CODES.length())));
      int delay = code.equals("D") ? 2 * DAY : 5 + random.nextInt(HOUR);
      happens(EventKind.BOUNCES, sent + delay, -1, code, null);
      return !code.equals("V");
    }

    /** A proxy fetches pictures soon after delivery, whoever reads the mail or not. */
    private void opensByProxy(long sent) {
      long at = sent + 1 + random.nextInt(10 * MINUTE);
      happens(EventKind.OPENS, at, -1, null, null);
      if (random.nextInt(4) == 0) {
        happens(EventKind.OPENS, at + random.nextInt(DAY), -1, null, null);
      }
    }

    private void opens(long sent) {
      String device = DEVICES[random.nextInt(DEVICES.length)];
      long at = sent + 10 + (long) (2 * HOUR * -Math.log(1 - random.nextDouble()));
      do {
        happens(EventKind.OPENS, at, -1, null, device);
        if (random.nextInt(60) == 0) {
          // pictures that are fetched twice within one second
          happens(EventKind.OPENS, at, -1, null, device);
        }
        clicks(at, device);
        at += 1 + random.nextInt(2 * DAY);
      } while (random.nextInt(4) == 0);
      leaves(at);
    }

    private void clicks(long opened, String device) {
      int links = mailing.campaign.links.size();
      for (int left = random.nextInt(8) - 5; left > 0 && links > 0; left--) {
        long at = opened + 2 + random.nextInt(5 * MINUTE);
        happens(EventKind.CLICKS, at, zipf(links), null, device);
      }
    }

    /** The second link gets half of the first one's clicks, the third a third, and so on. */
    private int zipf(int links) {
      double whole = 0;
      for (int rank = 1; rank <= links; rank++) {
        whole += 1.0 / rank;
      }
      double left = random.nextDouble() * whole;
      int rank = 1;
      while (rank < links && (left -= 1.0 / rank) > 0) {
        rank++;
      }
      return rank - 1;
    }

    private void leaves(long at) {
      int fate = random.nextInt(1_000);
      if (fate < 12) {
        String reason = fate < 6 ? null : REASONS[fate % REASONS.length];
        happens(EventKind.OPTOUTS, at + 30, -1, reason, null);
      } else if (fate < 20) {
        happens(EventKind.FORWARDS, at + 60, -1, null, null);
      } else if (fate == 20) {
        campaigns.complain(mailing, contact, at + 90);
      }
    }

    private void happens(
        EventKind kind, long at, int link, @Nullable String detail, @Nullable String device) {
      boolean delayed = kind != EventKind.SENDS && random.nextDouble() < late;
      long shown = delayed ? at + HOUR + random.nextInt(2 * DAY) : at + random.nextInt(30);
      campaigns.add(mailing, kind, contact, at, shown, link, detail, device);
    }
  }
}
