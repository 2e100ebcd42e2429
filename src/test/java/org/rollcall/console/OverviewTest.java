package org.rollcall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.harness.Scene;
import org.rollcall.harness.SourceRow;
import org.rollcall.operate.Service;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Scope;
import org.rollcall.user.Role;
import org.rollcall.web.Wire;

/** How a sync stands goes by the runs of all its members. */
class OverviewTest {
  private final Scene scene = Scene.open().set("rollcall.service.port", "0");

  @AfterEach
  void close() {
    scene.close();
  }

  private String overview() {
    try (Service service = Service.start(scene.hub(), Clock.systemUTC())) {
      scene.hub().users().invite("vera", Role.VIEWER);
      String session = scene.hub().sessions().begin(scene.hub().users().find("vera").orElseThrow());
      return new Wire(service.port()).get("/", "Cookie: rollcall=" + session).body();
    } finally {
      scene.closeHub();
    }
  }

  @Test
  void a_dry_run_after_a_sync_and_one_member_after_a_failure_change_nothing() {
    scene.source().put(SourceRow.person("m1", "Board", "m1@example.org"));
    scene.sync();
    scene.sync(List.of(Job.CONTACTS), new Scope(null, null, true));
    assertThat(overview()).contains("up to date").doesNotContain("planned only");

    scene.query("SELECT nothing");
    assertThat(scene.sync().error()).contains("nothing");
    scene.query(org.rollcall.harness.MemberDatabase.QUERY);
    scene
        .hub()
        .syncs()
        .run(Scene.SYNC, List.of(Job.CONTACTS), new Scope(null, "m1", false), Progress.NONE);
    assertThat(overview()).contains(">failed<").doesNotContain("up to date");
  }
}
