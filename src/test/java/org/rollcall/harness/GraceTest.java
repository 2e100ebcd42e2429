package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;

/** A membership outlives its member for as long as the sync's grace. */
class GraceTest {
  private static final SourceRow ANN = SourceRow.person("m1", "Board", "ann@x.example");

  private final Scene scene = Scene.open();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void two_runs_of_grace_keep_a_membership_for_two_runs() {
    started("2 runs");
    scene.source().remove(ANN);

    assertThat(onTheList()).isTrue();
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(onTheList()).isTrue();
    assertThat(scene.status("m1", "Board").detail()).contains("stays on the list for its grace");
    scene.sync();
    assertThat(onTheList()).isTrue();
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(onTheList()).isFalse();
    assertThat(scene.ask("SELECT count(*) FROM leaving")).isEqualTo("0");
  }

  @Test
  void whoever_comes_back_in_time_has_never_been_away() {
    started("1 run");
    scene.source().remove(ANN);
    scene.sync();
    scene.source().put(ANN);
    scene.sync();
    scene.source().remove(ANN);

    scene.sync();

    assertThat(onTheList()).isTrue();
    scene.sync();
    assertThat(onTheList()).isFalse();
  }

  @Test
  void days_of_grace_pass_by_the_clock() {
    started("7 days");
    scene.source().remove(ANN);
    scene.sync();
    scene.sync();
    assertThat(onTheList()).isTrue();

    scene.tell("UPDATE leaving SET since = since - interval '8 days'");
    scene.sync();

    assertThat(onTheList()).isFalse();
  }

  @Test
  void a_grace_that_is_taken_back_is_over_at_once() {
    started("7 days");
    scene.source().remove(ANN);
    scene.sync();
    scene.set("rollcall.syncs.chamber.grace", "none");
    scene.closeHub();

    scene.sync();

    assertThat(onTheList()).isFalse();
  }

  private void started(String grace) {
    scene.set("rollcall.syncs.chamber.grace", grace);
    scene.source().put(ANN, SourceRow.person("m2", "Board", "bob@x.example"));
    scene.sync();
  }

  private boolean onTheList() {
    return scene.provider().contact("ann@x.example").orElseThrow().lists().contains("Board");
  }
}
