package org.rollcall.explain;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.explain.Explanation.Step;
import org.rollcall.member.WinnerRules;
import org.rollcall.plan.PlanView;
import org.rollcall.plan.Planner;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.run.Target;
import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.Rules;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Store;

/** Tells every decision about one member of a sync, from the source to what comes next. */
public final class Explain {
  private final Store store;
  private final Runs runs;
  private final Planner planner;

  public Explain(Store store, Runs runs, Planner planner) {
    this.store = store;
    this.runs = runs;
    this.planner = planner;
  }

  /** Empty when the sync does not know the member. */
  public Optional<Explanation> member(SyncSettings sync, AccountSettings account, String key) {
    Target target = runs.target(sync, account);
    Optional<Explanation> known =
        store.transaction(connection -> known(connection, new Subject(target, key)));
    return known.map(explanation -> withNextRun(explanation, target, key));
  }

  private static Optional<Explanation> known(Connection connection, Subject subject)
      throws SQLException {
    Rules settings = subject.target().sync().rules();
    List<MemberRow> rows = subject.query(connection, "explain/rows").list(MemberRow::of);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    WinnerRules rules = WinnerRules.of(settings.winnerOrder(), settings.winnerRoles());
    List<Step> steps = new ArrayList<>(SourceSteps.of(rows, subject.target().sync()));
    steps.addAll(ConsentSteps.of(connection, subject));
    steps.addAll(EngagementSteps.of(connection, subject));
    steps.addAll(new SharedAddresses(connection, subject, rules).steps());
    steps.addAll(SourceSteps.names(rows));
    steps.addAll(SourceSteps.lists(rows));
    steps.addAll(ProviderSteps.of(connection, subject));
    return Optional.of(
        new Explanation(subject.target().sync().name(), subject.member(), name(rows), steps));
  }

  private static @Nullable String name(List<MemberRow> rows) {
    return rows.get(0).name();
  }

  private Explanation withNextRun(Explanation known, Target target, String key) {
    List<Step> steps = new ArrayList<>(known.steps());
    List<PlanView.Entry> entries =
        planner.preview(runs.imagined(target, new Scope(null, key, true)));
    if (entries.isEmpty()) {
      steps.add(new Step("next run", null, "nothing to do, if the source stays as it is"));
    }
    for (PlanView.Entry entry : entries) {
      String lists = entry.lists().isEmpty() ? "" : ": " + entry.lists();
      steps.add(new Step("next run", null, entry.change() + lists));
    }
    return new Explanation(known.sync(), known.memberKey(), known.name(), steps);
  }
}
