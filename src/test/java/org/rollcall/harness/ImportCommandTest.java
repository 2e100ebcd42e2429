package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Commands.Result;

/** Files by the command line: what it shows, and what it answers to wrong input. */
class ImportCommandTest {
  private static final String FILE =
      """
      Member ID,Email Address,First Name,Last Name,Board
      0012,ann@x.example,Ann,Able,yes
      0013,bob@x.example,Bob,Baker,no
      """;

  private final Scene scene = Scene.open();
  private final Drop drop = new Drop(scene);

  ImportCommandTest() {
    scene.set("rollcall.syncs.chamber.list-name", "Everybody");
    drop.set("columns.Member ID", "member_key");
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private Result run(String... args) {
    return Commands.run(scene.home(), args);
  }

  private String file(String name, String text) {
    return drop.put(name, text).toString();
  }

  @Test
  void a_dry_run_shows_what_was_recognised_the_first_rows_and_what_would_happen() {
    Result dry = run("import", "chamber", file("m.csv", FILE), "--dry-run");

    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("m.csv: csv, UTF-8, separated by ,, 2 rows")
        .contains("column Email Address: email")
        .contains("column Board: left out")
        .contains("member_key = 0012")
        .contains("create contact  0012 Everybody")
        .contains("create 2, update 0 contacts");
    assertThat(scene.provider().contactCount()).isZero();
    assertThat(run("drops").out()).contains("no file of members has been taken yet");
  }

  @Test
  void an_import_runs_the_sync_and_its_json_says_everything() {
    Result done = run("import", "chamber", file("m.csv", FILE), "--json");

    assertThat(done.code()).as(done.err() + done.out()).isZero();
    JsonNode json = done.json();
    assertThat(json.path("rows").asLong()).isEqualTo(2);
    assertThat(json.path("columns").path("Email Address").asText()).isEqualTo("email");
    assertThat(json.path("recognised").path("charset").asText()).isEqualTo("UTF-8");
    assertThat(json.path("runs").path(1).path("state").asText()).isEqualTo("completed");
    assertThat(json.path("runs").path(1).path("counts").path("createContact").asLong())
        .isEqualTo(2);
    assertThat(scene.provider().contactCount()).isEqualTo(2);
    assertThat(run("drops", "--json").json().path(0).path("state").asText()).isEqualTo("done");
    assertThat(run("import", "chamber", file("again.csv", FILE)).out())
        .contains("nothing new: its content is that of m.csv");
  }

  @Test
  void a_file_with_rows_that_cannot_be_read_ends_with_3_and_one_that_cannot_with_1() {
    Result some =
        run(
            "import",
            "chamber",
            file("some.csv", FILE + "0014,eve@x.example\n"),
            "--set",
            "rollcall.drops.members.max-refused=50%");

    assertThat(some.code()).isEqualTo(3);
    assertThat(some.out()).contains("refused line 4").contains("not complete");

    Result none = run("import", "chamber", file("none.csv", "Colour,Size\nred,1\n"));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.out()).contains("refused:").contains("none.csv").contains("member_key");

    Result letters = run("dead-letters");
    assertThat(letters.out()).contains("1 of 3 rows of some.csv").contains("none.csv");
  }

  @Test
  void wrong_use_is_answered_with_what_would_be_right() {
    String file = file("m.csv", FILE);

    assertThat(run("import", "chamber", "nowhere.csv"))
        .extracting(Result::code, result -> result.err().contains("there is no file nowhere.csv"))
        .containsExactly(2, true);
    assertThat(run("import", "nobody", file))
        .extracting(Result::code, result -> result.err().contains("use chamber"))
        .containsExactly(2, true);
    assertThat(run("import", "chamber", file, "--drop", "other"))
        .extracting(Result::code, result -> result.err().contains("sync chamber has no drop other"))
        .containsExactly(2, true);
    assertThat(run("import", "chamber", file, "--content", "some"))
        .extracting(
            Result::code, result -> result.err().contains("use full, additions or removals"))
        .containsExactly(2, true);
    assertThat(run("import", "chamber", drop.folder().toString()).code()).isEqualTo(2);
    assertThat(run("import", "chamber").code()).isEqualTo(2);
  }

  @Test
  void a_refused_file_is_taken_again_by_replaying_its_letter() {
    drop.set("as-of", "name");
    drop.put("members.csv", FILE);
    assertThat(drop.look().get(0).state()).isEqualTo("refused");
    scene.closeHub();
    long letter = scene.hub().deadLetters().open(Scene.SYNC).get(0).id();
    scene.closeHub();
    drop.set("as-of", "auto");

    assertThat(run("replay", Long.toString(letter)).code()).isZero();

    assertThat(scene.provider().contactCount()).isEqualTo(2);
    assertThat(run("dead-letters").out()).contains("no dead letters");
  }

  @Test
  void forgetting_somebody_tells_of_files_that_are_kept() {
    drop.take("members.csv", FILE);
    scene.closeHub();

    assertThat(run("forget", "0012").out())
        .contains("may stand in 1 files that were taken before")
        .contains("deleted after 30 days");
  }

  @Test
  void an_export_can_be_imported_again_and_is_equal() throws Exception {
    scene.unset("rollcall.drops.members.columns").set("rollcall.drops.members.key", "email");
    String formulas =
        """
        Email Address,First Name,Last Name,Company
        a@x.example,=1+1,+Plus,-Minus
        b@x.example,@at,'=quoted,"a,b"
        """;
    run("import", "chamber", file("m.csv", formulas));
    String exported = run("export", "chamber").out();
    assertThat(exported).contains("'=1+1,'+Plus,'-Minus").contains("'@at,'=quoted,\"a,b\"");
    String fields = scene.ask("SELECT string_agg(fields, '|' ORDER BY address) FROM member");
    Path copy = Files.writeString(drop.put("copy.csv", ""), exported);

    Result again = run("import", "chamber", copy.toString(), "--force");

    assertThat(again.code()).isZero();
    assertThat(scene.ask("SELECT string_agg(fields, '|' ORDER BY address) FROM member"))
        .isEqualTo(fields);
  }
}
