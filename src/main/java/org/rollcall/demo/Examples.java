package org.rollcall.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.demo.DemoReport.Example;
import org.rollcall.verify.Statuses;
import org.rollcall.verify.Statuses.MemberStatus;

/** The members of the story, with the status and the reason each has to have in the end. */
final class Examples {
  private static final String NONE = "no status";

  /**
   * A fate foretold.
   *
   * @param reason how the reason begins, or null when there is none
   */
  private record Fate(
      String key,
      String name,
      String group,
      String story,
      String status,
      @Nullable String reason) {}

  private static final List<Fate> FATES =
      List.of(
          new Fate(
              "P1",
              "Siobhán O'Brien",
              Teams.EVENTS,
              "was a contact made by hand; now kept up to date",
              "synced",
              null),
          new Fate("P3", "小龙 李", Teams.HARBOUR, "a name beyond Latin letters", "synced", null),
          new Fate(
              "P6", "Zoë 🌻 Dubois", Teams.AMBASSADORS, "a flower in her name", "synced", null),
          new Fate(
              "P4",
              "Marta Novák",
              Teams.ALL,
              "shares a mailbox; she is the one who signs in",
              "synced",
              null),
          new Fate(
              "P5",
              "Adam Novák",
              Teams.ALL,
              "shares it with her",
              "not applicable",
              "shared address"),
          new Fate(
              "P5",
              "Adam Novák",
              Teams.EVENTS,
              "is alone with the mailbox in this group",
              "synced",
              null),
          new Fate(
              "P17",
              "Helga Groß",
              Teams.CORPORATE,
              "primary contact of the parent company",
              "synced",
              null),
          new Fate(
              "P18",
              "Adam Bakker",
              Teams.CORPORATE,
              "primary contact of its subsidiary, same mailbox",
              "not applicable",
              "shared address"),
          new Fate(
              "C3",
              "=SUM(A1:A9) Analytics",
              Teams.CORPORATE,
              "info@ goes to its billing contact",
              "not applicable",
              "shared address"),
          new Fate("P2", "Jürgen Müller", Teams.HILLS, "has a new address", "synced", null),
          new Fate("P20", "Yuki Ferreira", Teams.ALL, "was Tanaka until today", "synced", null),
          new Fate("P15", "Vera Lindqvist", Teams.EVENTS, "joined today", "synced", null),
          new Fate("P14", "Samuel Okafor", Teams.ALL, "left today", NONE, null),
          new Fate(
              "P8",
              "Grace Walsh-Moreau",
              Teams.HARBOUR,
              "unsubscribed today; her new name changes nothing",
              "unsubscribed",
              "Contact is unsubscribed"),
          new Fate(
              "P7",
              "Ahmet Çelik",
              Teams.ALL,
              "asked the office for no marketing",
              "not applicable",
              "marketing opt-out"),
          new Fate(
              "P9",
              "Tara Quinn",
              Teams.ALL,
              "two addresses in one field",
              "not applicable",
              "invalid e-mail address"),
          new Fate(
              "P10",
              "Ida Larsen",
              Teams.ALL,
              "belongs through her father",
              "not applicable",
              "membership kind not synchronised"),
          new Fate(
              "P12",
              "Walter Petrov",
              Teams.AMBASSADORS,
              "takes a break there",
              "not applicable",
              "disabled in group"),
          new Fate(
              "P13",
              "Olga Ivanova",
              Teams.ALL,
              "has not renewed",
              "not applicable",
              "inactive member"),
          new Fate(
              "P16",
              "Emma Fischer",
              Teams.ALL,
              "staff deleted her contact by mistake; it is back",
              "synced",
              null));

  private Examples() {}

  static List<Example> of(Statuses statuses, String sync) {
    Map<String, MemberStatus> found = new HashMap<>();
    statuses.members(
        sync,
        member -> {
          if (member.memberKey().length() <= 3) {
            found.put(member.memberKey() + " " + member.group(), member);
          }
        });
    List<Example> examples = new ArrayList<>();
    FATES.forEach(fate -> examples.add(example(fate, found.get(fate.key() + " " + fate.group()))));
    return examples;
  }

  private static Example example(Fate fate, @Nullable MemberStatus member) {
    String status = member == null ? NONE : member.status();
    String reason = member == null ? null : member.reason();
    boolean asExpected =
        status.equals(fate.status())
            && (fate.reason() == null
                ? reason == null
                : reason != null && reason.startsWith(fate.reason()));
    return new Example(
        fate.key(),
        fate.name(),
        fate.group(),
        fate.story(),
        status,
        reason,
        member == null ? null : member.detail(),
        asExpected);
  }
}
