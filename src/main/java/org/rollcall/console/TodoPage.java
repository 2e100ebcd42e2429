package org.rollcall.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rollcall.account.AccountState;
import org.rollcall.hub.Hub;
import org.rollcall.resolve.Conflicts;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Runs;
import org.rollcall.settings.AccountSettings;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** What needs a person. */
public final class TodoPage {
  private static final int CONFLICTS = 100;

  private final Hub hub;

  TodoPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * What the page shows.
   *
   * @param more there are further conflicts
   * @param reconnect accounts that are not connected
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
    List<String> names = new ArrayList<>();
    for (AccountSettings account : hub.settings().accounts().values()) {
      Optional<AccountState> state = hub.tokens().state(account);
      if (!state.map(AccountState::connected).orElse(false)) {
        names.add(account.name());
      }
    }
    return names;
  }
}
