package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.settings.AddressConflicts;

/** Which addresses reach the integrator's route, and how often. */
class AddressHandOverTest {
  private final Scene scene = Scene.open();

  @BeforeEach
  void known() throws IOException {
    scene.set("rollcall.syncs.chamber.address-changes", "direct:chamber-addresses");
    scene.write(
        "routes/chamber-addresses.camel.yaml",
        Files.readString(Path.of("docs/examples/chamber-addresses.camel.yaml")));
    scene
        .source()
        .execute(
            "CREATE TABLE mail_address (id text PRIMARY KEY, member_key text, what text,"
                + " former text, address text, at timestamp with time zone)");
    scene
        .source()
        .put(
            SourceRow.person("m1", "Board", "ann@old.example"),
            SourceRow.person("m2", "Board", "bob@old.example"));
    scene.sync();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void what_was_decided_for_the_source_or_came_from_it_is_no_news_to_it() {
    scene.provider().editContact("ann@old.example", Edit.address("ann@theirs.example"));
    scene.sync();
    scene.hub().conflicts().decide(Scene.SYNC, "m1", AddressConflicts.SOURCE, "somebody");
    scene.source().put(SourceRow.person("m2", "Board", "bob@new.example"));

    scene.sync();

    assertThat(scene.provider().contact("ann@old.example")).isPresent();
    assertThat(scene.provider().contact("bob@new.example")).isPresent();
    assertThat(handed()).isEqualTo("address_changed m1");
  }

  @Test
  void an_address_is_handed_over_once() {
    scene.provider().editContact("ann@old.example", Edit.address("ann@theirs.example"));
    scene.sync();
    assertThat(handed()).isEqualTo("address_changed m1");
    scene.source().execute("DELETE FROM mail_address");

    scene.sync();

    assertThat(handed()).isEqualTo("null");
  }

  @Test
  void one_that_was_put_aside_goes_again_when_it_is_replayed() {
    scene
        .source()
        .execute("ALTER TABLE mail_address ADD CONSTRAINT nobody CHECK (member_key <> 'm1')");
    scene.provider().editContact("ann@old.example", Edit.address("ann@theirs.example"));
    scene.provider().editContact("bob@old.example", Edit.address("bob@theirs.example"));
    for (int i = 0; i < 3; i++) {
      assertThat(scene.sync().state()).isEqualTo(RunState.PARTIAL);
    }
    assertThat(handed()).isEqualTo("address_changed m2");
    long letter = scene.hub().deadLetters().open(Scene.SYNC).get(0).id();
    scene.source().execute("ALTER TABLE mail_address DROP CONSTRAINT nobody");
    scene.hub().deadLetters().settle(letter, true);

    assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);

    assertThat(handed()).isEqualTo("address_changed m1, address_changed m2");
  }

  @Test
  void check_names_a_route_that_nobody_wrote() {
    scene.set("rollcall.syncs.chamber.address-changes", "direct:nobody");
    scene.closeHub();
    assertThat(scene.hub().check())
        .containsExactly(
            "config/application.properties: rollcall.syncs.chamber.address-changes: no route"
                + " listens to direct:nobody; correct the name, or write a route under routes/ that"
                + " begins there");
  }

  private String handed() {
    return String.valueOf(
        scene
            .source()
            .ask(
                "SELECT string_agg(what || ' ' || member_key, ', ' ORDER BY what, member_key)"
                    + " FROM mail_address"));
  }
}
