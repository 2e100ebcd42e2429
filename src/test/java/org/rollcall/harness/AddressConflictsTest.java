package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.settings.AddressConflicts;

/** Somebody gives a member's contact another address at the provider. */
class AddressConflictsTest {
  private static final String OLD = "ann@old.example";
  private static final String THEIRS = "ann@theirs.example";

  private final Scene scene = Scene.open();
  private final Check check = new Check(scene);
  private String ann = "";

  @BeforeEach
  void known() {
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", OLD), SourceRow.person("m2", "Board", "bob@x.example"));
    scene.sync();
    ann = id(OLD);
    scene.provider().editContact(OLD, Edit.address(THEIRS));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void by_default_a_person_is_asked_and_nothing_is_overwritten_or_doubled() {
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

    assertThat(id(THEIRS)).isEqualTo(ann);
    assertThat(scene.provider().contact(OLD)).isEmpty();
    assertThat(lists(THEIRS)).containsExactly("Board");
    assertThat(scene.status("m1", "Board"))
        .extracting(status -> status.status() + ": " + status.reason(), status -> status.detail())
        .containsExactly(
            "held: address conflict",
            "the source says %s, the provider %s; somebody has to decide".formatted(OLD, THEIRS));
    quiet();
  }

  @Test
  void lists_go_on_while_nobody_has_decided() {
    scene.sync();
    scene.source().put(SourceRow.person("m1", "Golf", OLD));
    scene.source().remove(SourceRow.person("m1", "Board", OLD));

    scene.sync();

    assertThat(lists(THEIRS)).containsExactly("Golf");
    assertThat(id(THEIRS)).isEqualTo(ann);
    quiet();
  }

  @Test
  void the_sources_address_is_put_back_when_it_is_chosen() {
    scene.sync();
    decide(AddressConflicts.SOURCE);

    scene.sync();

    assertThat(id(OLD)).isEqualTo(ann);
    assertThat(scene.provider().contact(THEIRS)).isEmpty();
    check.converged();
    check.statuses();
    quiet();
  }

  @Test
  void the_providers_address_stays_when_it_is_chosen_until_the_source_has_a_new_one() {
    scene.sync();
    decide(AddressConflicts.PROVIDER);
    scene.sync();
    assertThat(scene.status("m1", "Board").status()).isEqualTo("synced");
    assertThat(id(THEIRS)).isEqualTo(ann);
    quiet();

    scene.source().put(SourceRow.person("m1", "Board", "ann@newest.example"));
    scene.sync();

    assertThat(id("ann@newest.example")).isEqualTo(ann);
    check.converged();
    check.statuses();
    quiet();
  }

  @Test
  void a_rule_decides_without_asking() {
    scene.set("rollcall.syncs.chamber.address-conflicts", "source");
    scene.closeHub();

    scene.sync();

    assertThat(id(OLD)).isEqualTo(ann);
    check.converged();
    quiet();
  }

  @Test
  void a_source_that_follows_ends_the_conflict() {
    scene.sync();
    scene.source().put(SourceRow.person("m1", "Board", THEIRS));

    scene.sync();

    assertThat(scene.hub().conflicts().open(null)).isEmpty();
    assertThat(id(THEIRS)).isEqualTo(ann);
    check.converged();
    check.statuses();
    quiet();
  }

  @Test
  void a_source_with_yet_another_address_is_still_asked_about() {
    scene.sync();
    scene.source().put(SourceRow.person("m1", "Board", "ann@third.example"));

    scene.sync();

    assertThat(scene.hub().conflicts().open(Scene.SYNC))
        .extracting(c -> c.sourceAddress() + " " + c.providerAddress())
        .containsExactly("ann@third.example " + THEIRS);
    assertThat(id(THEIRS)).isEqualTo(ann);
    decide(AddressConflicts.SOURCE);
    scene.sync();
    assertThat(id("ann@third.example")).isEqualTo(ann);
    quiet();
  }

  @Test
  void who_leaves_with_an_open_conflict_leaves_the_list() {
    scene.sync();
    scene.source().remove(SourceRow.person("m1", "Board", OLD));

    scene.sync();

    assertThat(lists(THEIRS)).isEmpty();
    assertThat(scene.hub().conflicts().open(null)).isEmpty();
    quiet();
  }

  @Test
  void the_source_hears_of_the_providers_address_once_its_route_works() throws IOException {
    scene.set("rollcall.syncs.chamber.address-changes", "direct:chamber-addresses");
    scene.write(
        "routes/chamber-addresses.camel.yaml",
        Files.readString(Path.of("docs/examples/chamber-addresses.camel.yaml")));
    scene.closeHub();

    Runs.Record without = scene.sync();

    assertThat(without.state()).isEqualTo(RunState.PARTIAL);
    assertThat(without.error()).contains("1 address waits to be handed over");
    scene
        .source()
        .execute(
            "CREATE TABLE mail_address (id text PRIMARY KEY, member_key text, what text,"
                + " former text, address text, at timestamp with time zone)");
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    decide(AddressConflicts.PROVIDER);
    scene.sync();
    assertThat(
            scene
                .source()
                .ask(
                    "SELECT string_agg(concat_ws(' ', what, member_key, former, address), ', '"
                        + " ORDER BY what) FROM mail_address"))
        .isEqualTo("address_changed m1 %s %s, address_decided m1 %1$s %2$s".formatted(OLD, THEIRS));
  }

  private void decide(AddressConflicts side) {
    assertThat(scene.hub().conflicts().decide(Scene.SYNC, "m1", side, "somebody")).isTrue();
  }

  private String id(String address) {
    return scene.provider().contact(address).orElseThrow().id();
  }

  private java.util.List<String> lists(String address) {
    return scene.provider().contact(address).orElseThrow().lists();
  }

  private void quiet() {
    scene.provider().clearJournal();
    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.provider().journal())
        .as("writes of a run with nothing to do")
        .noneMatch(entry -> entry.path().startsWith("/v3") && !entry.method().equals("GET"));
    check.nothingForbidden();
  }
}
