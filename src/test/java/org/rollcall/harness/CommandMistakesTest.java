package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.cli.CommandLineInterface;

/** What people type wrong is said in a sentence with a cure, before anything is touched. */
class CommandMistakesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stauts | there is no command \"stauts\"; did you mean status",
        "users foo | there is no command \"foo\"",
        "status a b | \"b\" is one argument too many",
        "sync chamber --dryrun | there is no option --dryrun; did you mean --dry-run",
        "status --log-level loud | expected one of [ERROR, WARN, INFO, DEBUG, TRACE]",
        "connect main --port 0 | a port lies between 1 and 65535",
        "reject twelve | 'twelve' is not a number",
        "household chamber 1 --most few | 'few' is not a number",
        "help stauts | stauts"
      })
  void a_slip_is_named(String line, String said) {
    Commands.Result result = Commands.run(folder, line.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(said).contains("try: rollcall");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void help_is_a_command_too() {
    assertThat(CommandLineInterface.run(new String[] {"help"})).isZero();
    assertThat(CommandLineInterface.run(new String[] {"help", "sync"})).isZero();
  }

  @Test
  void a_result_that_does_not_get_out_is_no_success() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(new Full()));
    try {
      assertThat(CommandLineInterface.run(new String[] {"--version"})).isEqualTo(1);
    } finally {
      System.setOut(out);
    }
  }

  /** A disk without room, or a pipe that nobody reads any more. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @Test
  void a_home_that_is_not_there_is_not_made() {
    Path slip = folder.resolve("hmoe");

    Commands.Result result = Commands.run(slip, "check");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains(slip + ": there is no such folder; make it, or");
    assertThat(Files.exists(slip)).isFalse();
  }

  @Test
  void a_sandbox_whose_port_is_taken_says_so() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Commands.Result result = sandbox(taken.getLocalPort());

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("the sandbox cannot listen on port " + taken.getLocalPort())
          .contains("take another port");
    }
  }

  /** It has no home. */
  private static Commands.Result sandbox(int port) {
    return Commands.bare("sandbox", "--port", String.valueOf(port));
  }

  @Test
  void what_is_not_there_is_wrong_usage() {
    try (Scene scene = Scene.open()) {
      for (String line : new String[] {"status --plan 999", "approve 999", "reject 999"}) {
        Commands.Result result = Commands.run(scene.home(), line.split(" "));

        assertThat(result.code()).as(line).isEqualTo(2);
        assertThat(result.err()).as(line).startsWith("there is no run 999");
      }
    }
  }

  @Test
  void fewer_files_than_one_cannot_be_listed() {
    try (Scene scene = Scene.open()) {
      Commands.Result result = Commands.run(scene.home(), "drops", "--last", "0");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("--last 0: give a number of files");
    }
  }

  @Test
  void a_run_that_compared_nothing_has_no_drift() {
    try (Scene scene = Scene.open()) {
      Commands.Result result = Commands.run(scene.home(), "drift", "chamber", "--run", "999");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("run 999 of chamber has not read everything back");
    }
  }

  @Test
  void a_group_nobody_has_is_not_exported_as_an_empty_one() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("m1", "Board", "m1@x.example"));
      scene.sync();

      assertThat(Commands.run(scene.home(), "export", "chamber", "--group", "board").out())
          .contains("m1@x.example");
      Commands.Result slip = Commands.run(scene.home(), "export", "chamber", "--group", "Bord");
      assertThat(slip.code()).isEqualTo(2);
      assertThat(slip.out()).isEmpty();
      assertThat(slip.err()).startsWith("sync chamber has no group \"Bord\"");
    }
  }

  @Test
  void one_wrong_number_among_dead_letters_replays_none() {
    try (Scene scene = Scene.open()) {
      scene.source().put(SourceRow.person("m1", "Board", "m1@x.example"));
      scene.provider().refuseAddress("m1@x.example", "suppressed");
      scene.sync();
      long id =
          Commands.run(scene.home(), "dead-letters", "--json").json().path(0).path("id").asLong();

      assertThat(Commands.run(scene.home(), "replay", id + "", "999").code()).isEqualTo(1);
      assertThat(Commands.run(scene.home(), "dead-letters", "--json").json()).hasSize(1);
    }
  }

  @Test
  void nobody_is_forgotten_of_whom_nothing_is_held() {
    try (Scene scene = Scene.open()) {
      Commands.Result result = Commands.run(scene.home(), "forget", "nobody@x.example", "--yes");

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).startsWith("the hub holds nothing under this address or key");
    }
  }

  @Test
  void users_and_tokens_have_their_roles_in_the_same_word_as_everywhere() {
    try (Scene scene = Scene.open()) {
      Commands.run(scene.home(), "users", "invite", "anna", "--role", "operator");
      Commands.run(scene.home(), "tokens", "make", "backup", "--role", "viewer");

      JsonNode users = Commands.run(scene.home(), "users", "--json").json();
      JsonNode tokens = Commands.run(scene.home(), "tokens", "--json").json();

      assertThat(users.path(0).path("role").asText()).isEqualTo("operator");
      assertThat(tokens.path(0).path("role").asText()).isEqualTo("viewer");
    }
  }
}
