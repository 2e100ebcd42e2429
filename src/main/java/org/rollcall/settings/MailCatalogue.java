package org.rollcall.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys of messages to staff. */
final class MailCatalogue {
  static final Entry<String> HOST =
      Catalogue.optional(
          "rollcall.mail.host",
          MailTypes.HOST_NAME,
          "smtp.example.org",
          "The server that takes messages to staff: alerts and the digest. Without it nothing is"
              + " mailed.");
  static final Entry<Integer> PORT =
      Catalogue.optional(
          "rollcall.mail.port",
          Types.integer("", 1, 65535),
          "587",
          "Its port. Without it 587, with tls 465, with none 25.");
  static final Entry<MailServer.Security> SECURITY =
      Catalogue.withDefault(
          "rollcall.mail.security",
          MailTypes.SECURITY,
          "starttls",
          "How the connection is encrypted. With starttls and tls the server's certificate has to be"
              + " good for its name.");
  static final Entry<String> USERNAME =
      Catalogue.optional(
          "rollcall.mail.username",
          Types.TEXT,
          "rollcall",
          "Who the hub is at the server. Without it, it does not sign in.");
  static final Entry<Secret> PASSWORD =
      Catalogue.secret("rollcall.mail.password", "The password that goes with it.");
  static final Entry<Duration> TIMEOUT =
      Catalogue.withDefault(
          "rollcall.mail.timeout",
          Types.duration("100ms", "5m"),
          "20s",
          "How long the server may take for an answer. A whole message may take four times as long.");
  static final Entry<String> FROM =
      Catalogue.optional(
          "rollcall.mail.from",
          MailTypes.MAIL_ADDRESS,
          "rollcall@example.org",
          "The sender of the messages. Required with a host.");
  static final Entry<List<String>> TO =
      Catalogue.optional(
          "rollcall.mail.to",
          MailTypes.MAIL_ADDRESSES,
          "membership@example.org, office@example.org",
          "Who gets every message. Required with a host.");
  static final Entry<String> DIGEST =
      Catalogue.withDefault(
          "rollcall.mail.digest", MailTypes.DIGEST, "0 0 7 * * ?", "When the digest is sent.");
  static final Entry<ZoneId> TIME_ZONE =
      Catalogue.optional(
          "rollcall.mail.time-zone",
          Types.ZONE,
          "America/Chicago",
          "The zone of the digest's time, and of times in messages. Without it the system's.");
  static final Entry<Duration> STALE_AFTER =
      Catalogue.withDefault(
          "rollcall.mail.stale-after",
          Types.duration("1h", "365d"),
          "48h",
          "A sync with a schedule that has confirmed nothing for so long, although a run was due, is"
              + " told.");
  static final Entry<Integer> QUOTA_ALERT =
      Catalogue.withDefault(
          "rollcall.mail.quota-alert",
          Types.integer("percent", 1, 100),
          "90",
          "How much of the day's requests may be used before that is told.");
  static final Entry<Duration> GIVE_UP_AFTER =
      Catalogue.withDefault(
          "rollcall.mail.give-up-after",
          Types.duration("1m", "30d"),
          "2d",
          "How long it is tried to hand a message to the server.");

  static final List<Entry<?>> ALL =
      List.of(
          HOST,
          PORT,
          SECURITY,
          USERNAME,
          PASSWORD,
          TIMEOUT,
          FROM,
          TO,
          DIGEST,
          TIME_ZONE,
          STALE_AFTER,
          QUOTA_ALERT,
          GIVE_UP_AFTER);

  private MailCatalogue() {}
}
