package org.rollcall.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.explain.MemberRow.Deed;
import org.rollcall.member.Reason;
import org.rollcall.settings.SyncSettings;

/** What the source says, and what the rules make of it. */
final class SourceSteps {
  private static final String NO_REASON = "UNSUBSCRIBED_BEFORE";

  private SourceSteps() {}

  static List<Step> of(List<MemberRow> rows, SyncSettings sync) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "source",
            null,
            "gives the same since it was read at " + Moment.of(rows.get(0).readAt())));
    for (MemberRow row : rows) {
      steps.add(
          new Step(
              "source",
              row.group(),
              row.present() && !row.byHand()
                  ? "the source gives the member in this group"
                  : row.byHand()
                      ? "the source does not give the member in this group"
                      : "the source does not give the member in this group any more"));
      byHand(row).ifPresent(text -> steps.add(new Step("by hand", row.group(), text)));
    }
    Set<String> addresses = new java.util.LinkedHashSet<>();
    rows.stream().filter(MemberRow::present).map(SourceSteps::address).forEach(addresses::add);
    addresses.forEach(text -> steps.add(new Step("address", null, text)));
    rows.stream()
        .filter(MemberRow::present)
        .forEach(row -> steps.add(new Step("eligibility", row.group(), eligibility(row, sync))));
    return steps;
  }

  private static Optional<String> byHand(MemberRow row) {
    Deed made = row.hand().made();
    Deed taken = row.hand().taken();
    if (made == null) {
      return Optional.empty();
    }
    return Optional.of(
        "made by hand " + made + (taken == null ? "" : ", and taken away again " + taken));
  }

  private static String address(MemberRow row) {
    if (row.erased()) {
      return "not kept";
    }
    if (row.address() == null) {
      return row.given() == null ? "none given" : "given as \"" + row.given() + "\", which is none";
    }
    return row.address().equals(row.given())
        ? row.address()
        : "given as \"%s\", compared as %s".formatted(row.given(), row.address());
  }

  private static String eligibility(MemberRow row, SyncSettings sync) {
    if (NO_REASON.equals(row.reason())) {
      return "eligible by the source, but unsubscribed: Contact is unsubscribed (under an earlier address)";
    }
    if (row.reason() != null) {
      return "not applicable: "
          + Reason.valueOf(row.reason()).text()
          + (row.detail() == null ? "" : " (" + row.detail() + ")")
          + chosen(row);
    }
    Stream<String> asked =
        Stream.of("enabled", "active", "membership", "reachable")
            .filter(sync.rules().eligible()::contains)
            .map(SourceSteps::condition);
    return "eligible: "
        + String.join(
            ", ",
            Stream.concat(
                    Stream.of("a valid address", "no opt-out at the source"),
                    Stream.concat(asked, Stream.of("the group is selected" + chosen(row))))
                .toList());
  }

  /** Who chose the group, where that decides. */
  private static String chosen(MemberRow row) {
    Deed chosen = row.hand().chosen();
    boolean decides = row.reason() == null || row.reason().equals(Reason.GROUP_NOT_SELECTED.name());
    return chosen == null || !decides ? "" : " (chosen " + chosen + ")";
  }

  private static String condition(String word) {
    return switch (word) {
      case "enabled" -> "enabled in the group";
      case "active" -> "an active member";
      case "reachable" -> "mail to the address did not come back as not existing";
      default -> "of a membership kind that synchronises";
    };
  }

  /** Whether the contact carries a name of several people. */
  static List<Step> names(List<MemberRow> rows) {
    return rows.stream().anyMatch(MemberRow::combined)
        ? List.of(
            new Step(
                "name", null, "the contact carries the combined name of all who share the address"))
        : List.of();
  }

  static List<Step> lists(List<MemberRow> rows) {
    return rows.stream().map(row -> new Step("list", row.group(), list(row))).toList();
  }

  private static String list(MemberRow row) {
    if (row.list() == null) {
      return "the group has no list";
    }
    String name = "\"" + row.list() + "\"";
    return switch (Objects.toString(row.listState(), "")) {
      case "live" ->
          name + (row.adopted() ? " was there before and was adopted" : " was made by Rollcall");
      case "gone" -> name + " was deleted at the provider";
      default ->
          name
              + (row.selected()
                  ? " is made with the next run"
                  : " is not kept: group not selected");
    };
  }
}
