package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** A sync that leaves the settings keeps nobody on a list without a word, and removes nobody. */
class FormerSyncsTest {
  private static final String OTHER =
      """
      - route:
          id: club-members
          description: The members of the other sync, in the same groups
          from:
            uri: direct:club-members
            steps:
              - to:
                  uri: kamelet:jdbc-members-action
                  parameters:
                    dataSource: chamber
                    query: >-
                      SELECT 'c' || member_key AS member_key, grp AS "group",
                      'c' || email AS email, kind, last_name FROM member_row
      """;

  /** Two syncs with the same lists: ten members and their ten doubles. */
  private static Scene twoSyncs() {
    Scene scene = Scene.open();
    scene.write("routes/club-members.camel.yaml", OTHER);
    scene
        .source()
        .put(
            IntStream.range(0, 10)
                .mapToObj(i -> SourceRow.person("m" + i, "Board", "m" + i + "@example.org"))
                .toList());
    scene.set("rollcall.syncs.club.account", "main");
    scene.set("rollcall.syncs.club.members", "direct:club-members");
    scene.sync();
    scene.closeHub();
    assertThat(Commands.run(scene.home(), "sync", "club").code()).isZero();
    assertThat(onBoard(scene)).isEqualTo(20);
    return scene;
  }

  private static int onBoard(Scene scene) {
    return scene.provider().list("Board").orElseThrow().members();
  }

  @Test
  void it_is_told_until_it_is_retired_and_then_the_guard_decides_about_its_members() {
    try (Scene scene = twoSyncs()) {
      scene.unset("rollcall.syncs.club").guard("10%");
      String sentence =
          "sync club of account main is no longer in the settings and still holds 10 members";
      assertThat(Commands.run(scene.home(), "check").out()).contains(sentence);
      assertThat(Commands.run(scene.home(), "status").out()).contains(sentence);
      assertThat(Commands.run(scene.home(), "status", "--json").json().path("formerSyncs"))
          .hasSize(1);
      Commands.Result sync = Commands.run(scene.home(), "sync", "chamber", "--json");
      assertThat(sync.code()).as(sync.err()).isZero();
      assertThat(onBoard(scene)).as("nothing is removed of itself").isEqualTo(20);

      Commands.Result retired = Commands.run(scene.home(), "retire", "club");
      assertThat(retired.code()).as(retired.err()).isZero();
      assertThat(retired.out()).contains("10 members");
      assertThat(Commands.run(scene.home(), "status").out()).doesNotContain("club");

      Commands.Result held =
          Commands.run(scene.home(), "sync", "chamber", "--job=contacts", "--json");
      assertThat(held.code()).as(held.err()).isEqualTo(4);
      assertThat(onBoard(scene)).isEqualTo(20);
      String run = held.json().path("run").asText();
      assertThat(Commands.run(scene.home(), "approve", run).code()).isZero();
      assertThat(onBoard(scene)).isEqualTo(10);
    }
  }

  @Test
  void adding_it_back_and_running_it_undoes_the_retirement() {
    try (Scene scene = twoSyncs()) {
      scene.unset("rollcall.syncs.club").guard("10%");
      Commands.run(scene.home(), "retire", "club");
      scene.set("rollcall.syncs.club.account", "main");
      scene.set("rollcall.syncs.club.members", "direct:club-members");
      assertThat(Commands.run(scene.home(), "sync", "club").code()).isZero();

      Runs.Record run = scene.sync();

      assertThat(run.state()).isEqualTo(RunState.COMPLETED);
      assertThat(onBoard(scene)).isEqualTo(20);
    }
  }

  @Test
  void only_a_sync_that_is_not_in_the_settings_is_retired() {
    try (Scene scene = twoSyncs()) {
      Commands.Result present = Commands.run(scene.home(), "retire", "club");
      assertThat(present.code()).isEqualTo(2);
      assertThat(present.err()).contains("is in the settings");
      assertThat(Commands.run(scene.home(), "retire", "nobody").code()).isEqualTo(2);
    }
  }

  @Test
  void lists_that_no_other_sync_keeps_are_named() {
    try (Scene scene = twoSyncs()) {
      scene.unset("rollcall.syncs.club").unset("rollcall.syncs.chamber");
      Commands.Result retired = Commands.run(scene.home(), "retire", "club");
      assertThat(retired.out()).contains("no other sync keeps Board");
    }
  }

  @Test
  void group_names_that_differ_in_case_share_one_list_and_nobody_is_lost_over_it() {
    try (Scene scene = Scene.open()) {
      scene.provider().createList("BOARD");
      scene.source().put(SourceRow.person("a", "Board", "a@example.org"));
      scene.source().put(SourceRow.person("b", "board", "b@example.org"));
      scene.source().put(SourceRow.person("c", "board", "c@example.org"));
      scene.sync();
      scene.source().remove(SourceRow.person("c", "board", null));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(scene.sync().counts())
          .contains("\"addToList\": 0")
          .contains("\"removeFromList\": 0");
      assertThat(scene.provider().membersOf("BOARD", 9))
          .extracting("address")
          .containsExactlyInAnyOrder("a@example.org", "b@example.org");
      assertThat(scene.ask("SELECT count(*) FROM list")).isEqualTo("1");
    }
  }
}
