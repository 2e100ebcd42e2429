package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.contract.Output;
import org.rollcall.verify.Balance;
import org.rollcall.verify.Balance.ListBalance;
import org.rollcall.verify.Balance.Members;

/** Both equations of a sync with their numbers, and a loud word when one does not add up. */
final class BalanceReport {
  private final Balance balance;
  private final PrintWriter out;

  BalanceReport(Balance balance, PrintWriter out) {
    this.balance = balance;
    this.out = out;
  }

  void print(String sync, boolean json) {
    Members members = balance.members(sync);
    List<ListBalance> lists = balance.lists(sync);
    if (json) {
      out.println(Output.json(asJson(sync, members, lists)));
      return;
    }
    out.printf("sync %s%n", sync);
    out.printf(
        "  %,d members, once per group = %s%s%n",
        members.members(), parts(members), verdict(members.addsUp()));
    if (lists.isEmpty()) {
      out.printf("  no list has been reconciled; use: rollcall sync %s --reconcile%n", sync);
    }
    for (ListBalance list : lists) {
      out.printf(
          "  list %s, run %d: %,d at the provider = %,d ours + %,d made by hand"
              + " + %,d unsubscribed%s%s%n",
          list.list(),
          list.run(),
          list.atProvider(),
          list.ours(),
          list.byHand(),
          list.unsubscribed(),
          list.erased() == 0 ? "" : " + %,d erased here".formatted(list.erased()),
          verdict(list.addsUp()));
    }
  }

  private static String parts(Members members) {
    String parts =
        Stream.concat(
                members.byStatus().entrySet().stream()
                    .map(part -> "%,d %s".formatted(part.getValue(), part.getKey())),
                members.notApplicable().entrySet().stream()
                    .map(
                        part ->
                            "%,d not applicable (%s)".formatted(part.getValue(), part.getKey())))
            .collect(Collectors.joining(" + "));
    return parts.isEmpty() ? "0" : parts;
  }

  private static String verdict(boolean addsUp) {
    return addsUp
        ? ""
        : "%n  !!! THIS DOES NOT ADD UP. Reconcile again; if it stays so, report it.".formatted();
  }

  private static Map<String, Object> asJson(String sync, Members members, List<ListBalance> lists) {
    Map<String, Object> equation = new LinkedHashMap<>();
    equation.put("members", members.members());
    equation.put("byStatus", members.byStatus());
    equation.put("notApplicable", members.notApplicable());
    equation.put("addsUp", members.addsUp());
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("sync", sync);
    node.put("members", equation);
    node.put("lists", lists.stream().map(BalanceReport::asJson).toList());
    return node;
  }

  private static Map<String, Object> asJson(ListBalance list) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("list", list.list());
    node.put("run", list.run());
    node.put("at", list.at());
    node.put("atProvider", list.atProvider());
    node.put("ours", list.ours());
    node.put("byHand", list.byHand());
    node.put("unsubscribed", list.unsubscribed());
    node.put("erased", list.erased());
    node.put("addsUp", list.addsUp());
    return node;
  }
}
