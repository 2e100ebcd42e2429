package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;

/** Services that are killed while they have files in hand. */
class DropCrashTest {
  private static final int KILLS = Integer.getInteger("rollcall.drop-kills", 4);
  private static final String HEADER = "member_key,group,email,first_name,last_name\n";

  private final Scene scene = Scene.open();
  private final Drop drop = new Drop(scene);

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void whatever_is_killed_each_file_is_taken_over_once_and_filed_away() throws Exception {
    scene.set("rollcall.service.port", "0").pace(500);
    drop.set("look-every", "100ms");
    // killed between the provider's new token and its commit, a person has to connect the account
    assertThat(scene.hub().check()).isEmpty();
    scene.closeHub();
    Random random = new Random(7);
    StringBuilder rows = new StringBuilder(HEADER);
    for (int file = 0; file < KILLS; file++) {
      for (int i = 0; i < 20; i++) {
        rows.append("m%d-%d,Board,m%1$d-%2$d@x.example,First,Last\n".formatted(file, i));
      }
      drop.put("members-%02d.csv".formatted(file), rows.toString());
      Process service = Commands.start(scene.home(), "run");
      service.waitFor(2_500 + random.nextInt(4_000), TimeUnit.MILLISECONDS);
      service.destroyForcibly().waitFor();
    }
    Process service = Commands.start(scene.home(), "run");
    try {
      awaitAllSettled(service);
    } finally {
      service.destroy();
      service.waitFor();
    }

    assertThat(drop.names("")).isEmpty();
    assertThat(drop.names("taken")).isEmpty();
    assertThat(drop.entries()).hasSize(KILLS).extracting(Entry::state).containsOnly("done");
    assertThat(drop.names("done")).hasSize(KILLS);
    Runs.Record run = scene.syncUntilCompleted(3);
    assertThat(run.state()).as(run.error() + " " + run.heldReason()).isEqualTo(RunState.COMPLETED);
    assertThat(scene.provider().membersOf("Board", 1_000)).hasSize(20 * KILLS);
    assertThat(scene.provider().contactCount()).isEqualTo(20 * KILLS);
  }

  private void awaitAllSettled(Process service) throws InterruptedException {
    long limit = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (System.nanoTime() < limit) {
      boolean settled =
          "0".equals(scene.ask("SELECT count(*) FROM drop_file WHERE state = 'taken'"))
              && Integer.toString(KILLS).equals(scene.ask("SELECT count(*) FROM drop_file"))
              && drop.names("done").size() == KILLS;
      if (settled) {
        return;
      }
      service.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }
}
