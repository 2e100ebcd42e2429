package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.choice.GroupChoices;
import org.rollcall.choice.GroupChoices.Group;
import org.rollcall.choice.Preview;
import org.rollcall.harness.Commands.Result;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.verify.Balance;

/** Groups that staff select or deselect in the hub, over the setting. */
class GroupChoicesTest {
  private static final String ANN = "ann@x.example";
  private static final String BOB = "bob@x.example";

  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);

  @BeforeEach
  void members() {
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", ANN),
            SourceRow.person("m1", "Golf", ANN),
            SourceRow.person("m2", "Golf", BOB));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Runs.Record completed() {
    Runs.Record run = scene.sync();
    assertThat(run.state()).as(run.error() + " " + run.heldReason()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.hub().balance().members(Scene.SYNC)).matches(Balance.Members::addsUp);
    return run;
  }

  private void right() {
    completed();
    check.converged();
    check.statuses();
  }

  private List<String> lists(String address) {
    return scene.provider().contact(address).orElseThrow().lists().stream().sorted().toList();
  }

  private GroupChoices choices() {
    return scene.hub().groupChoices();
  }

  private Group group(String name) {
    return choices().groups(Scene.SYNC).stream()
        .filter(group -> group.group().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_list_of_a_group_that_is_deselected_stays_as_it_is() {
    right();
    scene.provider().createContact("s@x.example", List.of("Golf"), Edit.name("By", "Hand"));
    check.foreign("s@x.example");

    scene.hands().choose("Golf", false);
    scene.source().put(SourceRow.person("m3", "Golf", "new@x.example"));
    scene.source().remove(SourceRow.person("m2", "Golf", BOB));
    right();

    assertThat(lists(BOB)).containsExactly("Golf");
    assertThat(scene.provider().contact("new@x.example")).isEmpty();
    assertThat(scene.status("m1", "Golf").reason()).isEqualTo("group not selected");
    assertThat(scene.statuses()).noneMatch(status -> status.memberKey().equals("m2"));

    scene.hands().leaveToSetting("Golf");
    right();
    assertThat(lists(BOB)).isEmpty();
    assertThat(lists("new@x.example")).containsExactly("Golf");
    check.nothingForeignChanged();
  }

  @Test
  void it_is_exactly_what_the_setting_does() {
    right();
    scene.hands().choose("Golf", false);
    completed();
    var chosen = scene.statuses();
    var provider = scene.provider().contacts(0, 10);
    scene.hands().leaveToSetting("Golf");
    right();
    scene.closeHub();

    scene.set("rollcall.syncs.chamber.groups", "Board");
    completed();

    assertThat(scene.statuses()).usingRecursiveComparison().ignoringFields("at").isEqualTo(chosen);
    assertThat(scene.provider().contacts(0, 10)).isEqualTo(provider);
  }

  @Test
  void a_group_that_the_setting_leaves_out_can_be_selected() {
    scene.set("rollcall.syncs.chamber.groups", "Board");
    completed();
    assertThat(scene.provider().list("Golf")).isEmpty();
    assertThat(group("Golf").words()).isEqualTo("not selected by the setting");

    scene.hands().choose("Golf", true);
    assertThat(group("Golf").taken()).isFalse();
    right();

    assertThat(lists(BOB)).containsExactly("Golf");
    assertThat(group("Golf").taken()).isTrue();
    assertThat(group("Golf").words()).startsWith("selected by anna at 20");
    assertThat(group("Board").words()).isEqualTo("selected by the setting");
  }

  @Test
  void an_opt_out_holds_when_a_group_is_selected() {
    right();
    scene.unsubscribes(BOB);
    scene.hands().choose("Golf", false);
    right();
    scene.source().put(SourceRow.person("m2", "Golf", "robert@x.example"));
    right();

    scene.hands().choose("Golf", true);
    right();

    assertThat(scene.status("m2", "Golf").detail()).isEqualTo("under an earlier address");
  }

  @Test
  void members_from_files_are_judged_anew_without_a_new_file() {
    Drop drop = new Drop(scene);
    drop.put(
        "all.csv",
        "member_key,email,group\nm1,ann@x.example,Board\nm1,ann@x.example,Golf\nm2,bob@x.example,Golf\n");
    Commands.run(scene.home(), "import", "chamber", drop.folder().resolve("all.csv").toString());
    assertThat(lists(BOB)).containsExactly("Golf");

    scene.hands().choose("Golf", false);
    completed();
    assertThat(scene.status("m2", "Golf").reason()).isEqualTo("group not selected");
    assertThat(lists(BOB)).containsExactly("Golf");

    scene.hands().choose("Golf", true);
    completed();
    assertThat(scene.status("m2", "Golf").status()).isEqualTo("synced");
  }

  @Test
  void a_preview_says_what_the_next_run_then_does_and_changes_nothing() {
    scene.set("rollcall.syncs.chamber.groups", "Board");
    completed();
    String before = state();

    Preview preview = choices().preview(Scene.SYNC, "golf", true);

    assertThat(state()).isEqualTo(before);
    assertThat(preview.asItIs().addToList() + preview.asItIs().requests()).isZero();
    assertThat(preview.then().held()).isNull();
    scene.hands().choose("Golf", true);
    Runs.Record run = completed();
    assertThat(run.counts())
        .contains("\"addToList\": " + preview.then().addToList())
        .contains("\"createContact\": " + preview.then().createContact())
        .contains("\"eligible\": " + preview.then().eligible());
    assertThat(preview.then().addToList()).isEqualTo(2);
    assertThat(preview.then().requests()).isPositive();

    Preview back = choices().preview(Scene.SYNC, "Golf", null);
    assertThat(back.selected()).isFalse();
    assertThat(back.onList()).isEqualTo(2);
    assertThat(back.then().removeFromList()).isZero();
    assertThat(back.then().eligible()).isEqualTo(1);
  }

  @Test
  void a_preview_tells_what_the_guard_would_hold() {
    right();
    scene.hands().choose("Golf", false);
    right();
    scene.source().remove(SourceRow.person("m2", "Golf", BOB));
    scene.source().remove(SourceRow.person("m1", "Golf", ANN));
    right();
    scene.closeHub();
    scene.guard("1");

    Preview preview = choices().preview(Scene.SYNC, "Golf", true);

    assertThat(preview.asItIs().removeFromList()).isZero();
    assertThat(preview.then().removeFromList()).isEqualTo(2);
    assertThat(preview.then().held()).contains("2 of 2");
  }

  private String state() {
    return scene.ask(
        "SELECT (SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM member t)"
            + " || (SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM sync_group t)"
            + " || (SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM list t)"
            + " || (SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM sync t)"
            + " || (SELECT count(*) FROM change) || (SELECT count(*) FROM run)"
            + " || (SELECT count(*) FROM group_choice)");
  }

  @Test
  void a_group_that_is_not_there_is_refused() {
    completed();
    assertThatThrownBy(() -> choices().choose(Scene.SYNC, "Gold", true, "anna"))
        .isInstanceOf(UnknownScope.class)
        .hasMessage("sync chamber has no group \"Gold\"; rollcall groups chamber shows all");
    assertThatThrownBy(() -> choices().choose(Scene.SYNC, "Golf", true, " "))
        .hasMessage("the name of a user is empty");
  }

  @Test
  void the_commands_show_choose_and_preview() {
    completed();
    scene.closeHub();
    Result dry = Commands.run(scene.home(), "deselect", "chamber", "golf", "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("with Golf deselected")
        .contains("2 memberships that Rollcall made stay on the group's list");
    Result done =
        Commands.run(scene.home(), "deselect", "chamber", "golf", "--by", "carla", "--json");
    assertThat(done.json().path("selected").asBoolean()).isFalse();
    assertThat(done.json().path("choice").path("by").asText()).isEqualTo("carla");
    assertThat(Commands.run(scene.home(), "groups", "chamber").out())
        .contains("Board                        selected by the setting\n")
        .containsPattern("Golf +deselected by carla at 20.*; waits for the next run");
    assertThat(Commands.run(scene.home(), "select", "chamber", "golf", "--by-setting").out())
        .contains("selected by the setting");
    assertThat(Commands.run(scene.home(), "groups", "chamber", "--json").json()).hasSize(2);
    assertThat(Commands.run(scene.home(), "select", "chamber", "Gold").code()).isEqualTo(2);
  }
}
