package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.sandbox.Fault;

/** Columns of the source that become custom fields, and those that do not. */
class CustomFieldsTest {
  private static final String FIELDS = "/v3/contact_custom_fields";

  /** The members, with these columns beside those of the contract. */
  private static Scene withColumns(String columns) {
    Scene scene = Scene.open();
    scene.query(
        "SELECT member_key, grp AS \"group\", email, kind, first_name, last_name, "
            + columns
            + " FROM member_row ORDER BY member_key, grp");
    scene.source().put(SourceRow.person("a", "Board", "a@example.org"));
    scene.source().put(SourceRow.person("b", "Board", "b@example.org"));
    return scene;
  }

  private static Map<String, String> fieldsOf(Scene scene, String address) {
    return scene.provider().contact(address).orElseThrow().fields();
  }

  private static long attempts(Scene scene) {
    return scene.provider().journal().stream()
        .filter(entry -> entry.method().equals("POST") && entry.path().equals(FIELDS))
        .count();
  }

  @Test
  void a_refused_field_is_left_out_and_waits_for_a_person_and_everybody_is_sent() {
    try (Scene scene = withColumns("'1' AS alpha, '2' AS beta, '3' AS gamma")) {
      scene.provider().addFault(Fault.status("POST", FIELDS, 400).withSkip(1));

      Runs.Record first = scene.sync();

      assertThat(first.state()).isEqualTo(RunState.PARTIAL);
      assertThat(fieldsOf(scene, "a@example.org")).containsOnlyKeys("alpha", "gamma");
      assertThat(scene.status("b", "Board").status()).isEqualTo("synced");
      var letter = scene.hub().deadLetters().open(Scene.SYNC).get(0);
      assertThat(letter.kind()).isEqualTo("field");
      assertThat(letter.cause()).contains("\"beta\"").contains("the provider refused it");

      scene.source().put(SourceRow.person("c", "Board", "c@example.org"));
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(attempts(scene)).as("not tried again").isEqualTo(3);

      scene.hub().deadLetters().settle(letter.id(), true);
      assertThat(scene.sync().state()).isEqualTo(RunState.COMPLETED);
      assertThat(fieldsOf(scene, "a@example.org")).containsOnlyKeys("alpha", "beta", "gamma");
      assertThat(fieldsOf(scene, "c@example.org")).containsEntry("beta", "2");
    }
  }

  @Test
  void a_label_that_the_provider_finds_too_long_is_left_out() {
    String label = "x".repeat(51);
    try (Scene scene = withColumns("'1' AS alpha, '2' AS " + label)) {
      Commands.Result result = Commands.run(scene.home(), "sync", "chamber");
      assertThat(result.code()).as(result.err()).isEqualTo(3);
      assertThat(fieldsOf(scene, "a@example.org")).containsOnlyKeys("alpha");
      Commands.Result letters = Commands.run(scene.home(), "dead-letters");
      assertThat(letters.out()).contains(label);
    }
  }

  @Test
  void more_columns_than_a_contact_takes_are_named_and_nothing_is_sent() {
    String columns =
        IntStream.rangeClosed(1, 26)
            .mapToObj(i -> "'v' AS extra" + i)
            .collect(Collectors.joining(", "));
    try (Scene scene = withColumns(columns)) {
      Runs.Record refused = scene.sync();
      assertThat(refused.state()).isEqualTo(RunState.FAILED);
      assertThat(refused.error())
          .contains("26 columns")
          .contains("takes 25")
          .contains("extra1,")
          .contains("extra26");
      assertThat(scene.provider().contactCount()).isZero();
    }
  }
}
