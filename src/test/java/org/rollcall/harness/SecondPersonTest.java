package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.run.Runs.Decided;

/** Where a held plan needs two people, one alone releases nothing, by whatever way. */
class SecondPersonTest {
  private final Scene scene =
      Scene.open().guard("10%").set("rollcall.syncs.chamber.second-person", "true");
  private Runs.Record held;

  @BeforeEach
  void a_plan_is_held() {
    IntStream.range(0, 10)
        .forEach(
            i -> scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@x.example")));
    scene.sync();
    scene.source().clear();
    held = scene.sync();
    assertThat(held.state()).isEqualTo(RunState.HELD);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Decided says(String who, String decision) {
    return scene.hub().runs().decide(held.id(), decision, who);
  }

  private int onBoard() {
    return scene.provider().list("Board").orElseThrow().members();
  }

  @Test
  void one_person_alone_releases_nothing_however_often_and_under_whatever_case() {
    assertThat(says("Ann", "approved")).isEqualTo(Decided.FIRST);
    assertThat(says("Ann", "approved")).isEqualTo(Decided.SAME_PERSON);
    assertThat(says(" ANN ", "approved")).isEqualTo(Decided.SAME_PERSON);

    assertThat(scene.sync().state()).isEqualTo(RunState.HELD);
    assertThat(onBoard()).isEqualTo(10);
  }

  @Test
  void a_second_person_releases_what_was_held() {
    assertThat(says("Ann", "approved")).isEqualTo(Decided.FIRST);
    assertThat(scene.hub().runs().waiting()).extracting(Runs.Record::id).containsExactly(held.id());
    assertThat(says("Bob", "approved")).isEqualTo(Decided.DONE);
    assertThat(says("Cyd", "approved")).isEqualTo(Decided.TOO_LATE);

    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(onBoard()).isZero();
  }

  @Test
  void one_person_is_enough_to_reject() {
    assertThat(says("Ann", "approved")).isEqualTo(Decided.FIRST);
    assertThat(says("Ann", "rejected")).isEqualTo(Decided.DONE);
    assertThat(scene.hub().runs().waiting()).isEmpty();
  }

  @Test
  void a_plan_that_a_later_run_made_anew_waits_in_its_place() {
    Runs.Record again = scene.sync();
    assertThat(scene.hub().runs().waiting())
        .extracting(Runs.Record::id)
        .containsExactly(again.id());
  }

  @Test
  void the_command_line_is_one_person_and_is_in_the_audit() {
    scene.closeHub();
    String run = Long.toString(held.id());
    Commands.Result first = Commands.run(scene.home(), "approve", run);
    assertThat(first.code()).isEqualTo(4);
    assertThat(first.err()).contains("a second person has to approve");
    assertThat(Commands.run(scene.home(), "approve", run).err())
        .contains("somebody else has to approve it, too");
    assertThat(onBoard()).isEqualTo(10);
    assertThat(says("somebody else", "approved")).isEqualTo(Decided.DONE);
    scene.closeHub();
    Commands.run(scene.home(), "restored");

    assertThat(
            scene.ask(
                "SELECT string_agg(through || ': ' || what || coalesce(' ' || about, ''), '; '"
                    + " ORDER BY audit_id) FROM audit WHERE who = '"
                    + ProcessHandle.current().info().user().orElseThrow()
                    + "'"))
        .isEqualTo(
            "command: approved a plan as the first of two run %s; command: said that the database was put back"
                .formatted(run));
  }
}
