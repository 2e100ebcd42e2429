package org.rollcall.console;

import java.util.List;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.Conflicts;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Runs;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** What needs a person. */
public final class TodoPage {
  private static final int CONFLICTS = 100;

  private final Hub hub;
  private final AccountCards accounts;

  TodoPage(Hub hub, AccountCards accounts) {
    this.hub = hub;
    this.accounts = accounts;
  }

  /**
   * What the page shows.
   *
   * @param more there are further conflicts
   * @param reconnect accounts that somebody has to connect
   */
  public record View(
      List<Runs.Record> held,
      List<Conflicts.Conflict> conflicts,
      boolean more,
      List<DeadLetters.Heap> letters,
      List<String> reconnect) {
    public boolean nothing() {
      return held.isEmpty() && conflicts.isEmpty() && letters.isEmpty() && reconnect.isEmpty();
    }
  }

  void mount(Site site) {
    site.get("/todo", Role.VIEWER, this::show);
  }

  private Reply show(Visit visit) {
    List<Conflicts.Conflict> conflicts = hub.conflicts().open(CONFLICTS + 1);
    return Reply.page(
        "todo/all",
        new View(
            hub.runs().waiting(),
            conflicts.stream().limit(CONFLICTS).toList(),
            conflicts.size() > CONFLICTS,
            hub.deadLetters().heaps(),
            reconnect()));
  }

  private List<String> reconnect() {
    return accounts.all().stream()
        .filter(AccountCards.Card::needsPerson)
        .map(AccountCards.Card::name)
        .toList();
  }
}
