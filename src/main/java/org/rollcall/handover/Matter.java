package org.rollcall.handover;

import org.rollcall.run.DeadLetters.Kind;

/** What is handed over: the table that remembers it, and how people speak of one of it. */
public enum Matter {
  /** Opt-outs, and returns. */
  OPT_OUTS("consent_member", "handover/opt_outs", Kind.OPT_OUT, "opt-out"),
  /** Addresses that members got at the provider. */
  ADDRESSES("address_change", "handover/addresses", Kind.ADDRESS, "address"),
  /** What members did with campaigns. */
  INTERACTIONS("interaction", "handover/interactions", Kind.INTERACTION, "interaction");

  final String table;
  final String waiting;
  final Kind kind;
  final String one;

  Matter(String table, String waiting, Kind kind, String one) {
    this.table = table;
    this.waiting = waiting;
    this.kind = kind;
    this.one = one;
  }
}
