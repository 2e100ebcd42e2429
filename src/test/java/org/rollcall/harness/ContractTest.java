package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shapes that acceptance runs and other people's scripts rely on, through the real command. */
class ContractTest {
  private static final String[] COUNTS = {
    "read",
    "members",
    "eligible",
    "notApplicable",
    "unchanged",
    "createContact",
    "updateContact",
    "changeAddress",
    "addToList",
    "removeFromList",
    "resubscribe",
    "failed",
    "requests"
  };

  private static Scene mixed() {
    Scene scene = Scene.open();
    scene
        .source()
        .put(
            SourceRow.person("good", "Board", "good@example.org"),
            SourceRow.person("good", "Golf", "good@example.org"),
            SourceRow.person("out", "Board", "out@example.org"),
            SourceRow.person("none", "Board", null),
            SourceRow.person("broken", "Board", "broken at example"),
            SourceRow.person("optedout", "Board", "optedout@example.org").withOptOut(true),
            SourceRow.person("disabled", "Board", "disabled@example.org").withEnabled(false),
            SourceRow.person("lapsed", "Board", "lapsed@example.org").withStatus("lapsed"),
            SourceRow.person("loser", "Board", "good@example.org").withName("Z", "Zz"),
            SourceRow.person("refused", "Board", "refused@example.org"));
    scene.provider().refuseAddress("refused@example.org", "address is on a block list");
    scene.sync();
    scene.unsubscribes("out@example.org");
    scene.closeHub();
    return scene;
  }

  @Test
  void a_sync_of_both_jobs_is_an_array_and_of_one_job_an_object_with_the_keys_of_the_contract() {
    try (Scene scene = mixed()) {
      JsonNode both = Commands.run(scene.home(), "sync", "chamber", "--json").json();
      assertThat(both.isArray()).isTrue();
      assertThat(both).hasSize(2);
      both.forEach(ContractTest::hasTheShapeOfARun);
      JsonNode one =
          Commands.run(scene.home(), "sync", "chamber", "--job", "contacts", "--json").json();
      hasTheShapeOfARun(one);
      assertThat(one.path("job").asText()).isEqualTo("contacts");
      JsonNode counts = one.path("counts");
      assertThat(counts.path("read").asLong()).isEqualTo(10);
      assertThat(counts.path("members").asLong())
          .isEqualTo(counts.path("eligible").asLong() + counts.path("notApplicable").asLong());
    }
  }

  private static void hasTheShapeOfARun(JsonNode run) {
    List<String> names = new ArrayList<>();
    run.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .contains("run", "sync", "job", "state", "startedAt", "finishedAt", "error", "counts");
    assertThat(run.path("run").isIntegralNumber()).isTrue();
    assertThat(run.path("state").asText())
        .isIn("completed", "partial", "held", "failed", "planned");
    List<String> counts = new ArrayList<>();
    run.path("counts").fieldNames().forEachRemaining(counts::add);
    assertThat(counts).contains(COUNTS);
    run.path("counts").forEach(count -> assertThat(count.isIntegralNumber()).isTrue());
  }

  @Test
  void every_member_has_one_line_with_the_keys_of_the_contract_and_the_counts_add_up() {
    try (Scene scene = mixed()) {
      Commands.run(scene.home(), "sync", "chamber", "--json");
      List<JsonNode> lines =
          Commands.run(scene.home(), "status", "chamber", "--members", "--json").lines();

      assertThat(lines).hasSize(10);
      for (JsonNode line : lines) {
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        assertThat(names)
            .containsExactlyInAnyOrder(
                "memberKey",
                "group",
                "email",
                "list",
                "status",
                "reason",
                "detail",
                "at",
                "bounceCode",
                "bouncedAt",
                "advice",
                "byHand");
      }
      assertThat(status(lines, "good", "Board")).isEqualTo("synced");
      assertThat(status(lines, "out", "Board")).isEqualTo("unsubscribed: Contact is unsubscribed");
      assertThat(status(lines, "none", "Board")).isEqualTo("not applicable: no e-mail address");
      assertThat(status(lines, "broken", "Board"))
          .isEqualTo("not applicable: invalid e-mail address");
      assertThat(status(lines, "optedout", "Board"))
          .isEqualTo("not applicable: marketing opt-out at the source");
      assertThat(status(lines, "disabled", "Board")).isEqualTo("not applicable: disabled in group");
      assertThat(status(lines, "lapsed", "Board")).isEqualTo("not applicable: inactive member");
      assertThat(status(lines, "loser", "Board")).isEqualTo("not applicable: shared address");
      assertThat(status(lines, "refused", "Board")).startsWith("failed: ");

      JsonNode groups =
          Commands.run(scene.home(), "status", "chamber", "--json")
              .json()
              .path("syncs")
              .get(0)
              .path("groups");
      for (JsonNode group : groups) {
        long eligible = group.path("eligible").asLong();
        assertThat(group.path("members").asLong())
            .isEqualTo(eligible + group.path("notApplicable").asLong());
        assertThat(eligible)
            .isEqualTo(
                group.path("synced").asLong()
                    + group.path("pending").asLong()
                    + group.path("sending").asLong()
                    + group.path("unsubscribed").asLong()
                    + group.path("failed").asLong()
                    + group.path("held").asLong());
      }
    }
  }

  private static String status(List<JsonNode> lines, String key, String group) {
    JsonNode line =
        lines.stream()
            .filter(l -> l.path("memberKey").asText().equals(key))
            .filter(l -> l.path("group").asText().equals(group))
            .findFirst()
            .orElseThrow();
    String reason = line.path("reason").asText("");
    return line.path("status").asText() + (line.path("reason").isNull() ? "" : ": " + reason);
  }

  @Test
  void the_counts_add_up_too_while_removals_are_held() {
    try (Scene scene = Scene.open().guard("1")) {
      for (int i = 0; i < 6; i++) {
        scene.source().put(SourceRow.person("m" + i, "Board", "m" + i + "@example.org"));
      }
      scene.sync();
      for (int i = 0; i < 4; i++) {
        scene.source().remove(SourceRow.person("m" + i, "Board", null));
      }
      scene.sync();
      var group = scene.hub().statuses().groups(Scene.SYNC).get(0);
      assertThat(group.members()).isEqualTo(group.eligible() + group.notApplicable());
      assertThat(group.eligible())
          .isEqualTo(
              group.synced()
                  + group.pending()
                  + group.unsubscribed()
                  + group.failed()
                  + group.held());
      assertThat(group.held()).isEqualTo(4);
    }
  }
}
