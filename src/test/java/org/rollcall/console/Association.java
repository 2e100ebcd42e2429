package org.rollcall.console;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.harness.Scene;
import org.rollcall.run.Job;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.user.Audit;

/**
 * So many members with a past, all of it through the hub's own runs: two deliveries with everything
 * that goes wrong in them, a campaign, members by hand, and a plan that waits for a person.
 */
final class Association implements AutoCloseable {
  static final String ALL = "All Members";
  static final String CHAPTER = "Chapter 1";
  private static final int SEED = 3;

  final Scene scene =
      Scene.open()
          .paceLifted()
          .set("rollcall.service.port", "0")
          .set("rollcall.accounts.main.job-deadline", "5m")
          .set("rollcall.accounts.main.settle-patience", "1m")
          .guard("10%");
  private final int members;
  private String campaign = "none";
  private @Nullable String held;
  private @Nullable String reversal;

  Association(int members) {
    this.members = members;
    if (members > 0) {
      join();
      deliver();
      mail();
      live();
      byHand();
      somethingIsHeld();
      somebodyLooksAtUndoing();
    }
    scene.closeHub();
  }

  /** A member in the middle, who is still there. */
  String key() {
    return "k" + 3 * Math.max(1, members / 6);
  }

  boolean hasMembers() {
    return members > 0;
  }

  String campaign() {
    return campaign;
  }

  /** The run that planned to take the delivery back, absent with nobody in it. */
  @Nullable String reversal() {
    return reversal;
  }

  List<String> runs() {
    return Stream.of("1", "2", held, reversal).filter(run -> run != null).toList();
  }

  /** Everybody in one group, and in one of fifty chapters. */
  private void join() {
    scene.source().execute(rows("'" + ALL + "'"));
    scene.source().execute(rows("'Chapter ' || n % 50"));
  }

  private String rows(String group) {
    return ("INSERT INTO member_row SELECT 'k' || n, %s,"
            + " CASE WHEN n %% 100 = 7 THEN 'not an address'"
            + " WHEN n %% 50 = 4 THEN 'a' || n - 1 || '@x.example'"
            + " ELSE 'a' || n || '@x.example' END,"
            + " CASE WHEN n %% 10 = 0 THEN 'company' ELSE 'person' END,"
            + " 'First ' || n, 'Last ' || n, CASE WHEN n %% 10 = 0 THEN 'Company ' || n END, NULL,"
            + " CASE WHEN n %% 10 <> 0 AND n %% 3 = 0 THEN 'k' || n - n %% 10 + 10 END,"
            + " false, 'primary', true, CASE WHEN n %% 20 = 9 THEN 'lapsed' ELSE 'active' END,"
            + " n %% 200 = 11 FROM generate_series(1, %d) n")
        .formatted(group, members);
  }

  private void deliver() {
    scene.provider().refuseAddress("a2@x.example", "The address is not accepted");
    expect(scene.sync(), RunState.PARTIAL);
  }

  private void mail() {
    campaign = scene.provider().campaigns().send("Spring news", List.of(CHAPTER), SEED);
    scene.provider().advanceClock(Duration.ofDays(3));
    scene.provider().expireAccessTokens();
    expect(scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0), RunState.COMPLETED);
  }

  /** Some get another address, as many as the guard lets through, and some opt out. */
  private void live() {
    scene
        .source()
        .execute(
            "UPDATE member_row SET email = 'new' || email"
                + " WHERE substr(member_key, 2)::int % "
                + Math.max(100, members / 400)
                + " = 1");
    Stream.of("a3@x.example", "a5@x.example")
        .filter(address -> scene.provider().contact(address).isPresent())
        .forEach(scene::unsubscribes);
    expect(scene.sync(), RunState.COMPLETED);
  }

  private void byHand() {
    scene.hub().handMade().add(Scene.SYNC, "Friends", List.of("k1", "k3"), "anna", false);
    scene.hub().groupChoices().choose(Scene.SYNC, "Chapter 2", false, "anna");
    scene.hub().audit().note(Audit.Through.CONSOLE, "anna", "put members", Scene.SYNC, "Friends");
  }

  /** A third disappears, which nobody believes without being asked. */
  private void somethingIsHeld() {
    scene.source().execute("DELETE FROM member_row WHERE substr(member_key, 2)::int % 3 = 1");
    Runs.Record run = scene.sync();
    expect(run, RunState.HELD);
    held = String.valueOf(run.id());
  }

  /** The delivery of everybody, of all runs. */
  private void somebodyLooksAtUndoing() {
    Runs.Record run = scene.sync(List.of(Job.UNDO), Scope.undo(2, true)).get(0);
    expect(run, RunState.PLANNED);
    reversal = String.valueOf(run.id());
  }

  private static void expect(Runs.Record run, RunState state) {
    if (run.state() != state) {
      throw new IllegalStateException("run %d: %s".formatted(run.id(), run));
    }
  }

  @Override
  public void close() {
    scene.close();
  }
}
