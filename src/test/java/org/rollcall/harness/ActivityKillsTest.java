package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.run.Job;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.sandbox.Control.Edit;
import org.rollcall.sandbox.SandboxOptions.Reports;

/** Activities are kept once each, however often the process dies, and in little memory. */
class ActivityKillsTest {
  private static final int KILLS = Integer.getInteger("rollcall.kills", 6);
  private static final int CONTACTS = Integer.getInteger("rollcall.contacts", 3_000);
  private static final int CAMPAIGNS = Integer.getInteger("rollcall.campaigns", 3);

  private static final System.Logger LOG = System.getLogger(ActivityKillsTest.class.getName());

  /** Full pages of every kind. */
  private static final String LEAST =
      "SELECT sum(ceil(n / 500.0))::bigint FROM (SELECT count(*) AS n FROM activity"
          + " GROUP BY mailing_no, kind) k";

  private static Scene scene(int contacts) {
    Scene scene = Scene.open().pace(500);
    scene
        .provider()
        .options(scene.provider().options().withReports(new Reports(true, true, Duration.ZERO)));
    IntStream.range(0, contacts)
        .forEach(
            i ->
                scene
                    .provider()
                    .createContact(
                        "c" + i + "@example.org", List.of("Board"), Edit.name("Ann", "A")));
    return scene;
  }

  @Test
  void killed_at_random_instants_every_activity_is_kept_once() throws Exception {
    long seed = Long.getLong("rollcall.seed", 1);
    Random random = new Random(seed);
    try (Scene scene = scene(CONTACTS)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        if (kill <= CAMPAIGNS) {
          scene.provider().campaigns().send("Number " + kill, List.of("Board"), seed + kill);
        }
        scene.provider().advanceClock(Duration.ofHours(1 + random.nextInt(20)));
        scene.provider().expireAccessTokens();
        Process process = start(scene);
        CountDownLatch working = new CountDownLatch(1);
        // not while the tokens change: those of a killed hub may be lost, and a person connects
        // again
        long before = reports(scene);
        while (process.isAlive() && reports(scene) == before) {
          working.await(5, TimeUnit.MILLISECONDS);
        }
        working.await(random.nextInt(900), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      scene.provider().advanceClock(Duration.ofDays(9));
      scene.provider().expireAccessTokens();
      Runs.Record run = scene.sync(List.of(Job.ACTIVITIES), Scope.ALL).get(0);
      assertThat(run.error()).isNull();
      assertThat(Truth.hub(scene)).as("seed " + seed).isEqualTo(Truth.provider(scene));
    }
  }

  private static long reports(Scene scene) {
    return scene.provider().journal().stream()
        .filter(entry -> entry.path().startsWith("/v3/reports") && entry.status() == 200)
        .count();
  }

  private static Process start(Scene scene) throws IOException {
    return Commands.start(scene.home(), "sync", "chamber", "--job", "activities", "--json");
  }

  /** With -Drollcall.contacts=300000 and -Drollcall.campaigns=2 these are a million. */
  @Test
  void a_process_with_a_small_heap_reads_them_all_at_the_least_cost() throws Exception {
    try (Scene scene = scene(CONTACTS)) {
      for (int i = 0; i < CAMPAIGNS; i++) {
        scene.provider().campaigns().send("Number " + i, List.of("Board"), i);
      }
      scene.provider().advanceClock(Duration.ofDays(20));
      scene.provider().expireAccessTokens();
      long began = System.nanoTime();
      Process process =
          Commands.startWithin(
              "export JAVA_TOOL_OPTIONS=-Xmx256m",
              scene.home(),
              "sync",
              "chamber",
              "--job",
              "activities",
              "--json");
      assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(scene.home().resolve("process.log")))
          .isZero();
      long seconds = (System.nanoTime() - began) / 1_000_000_000;
      long events = Long.parseLong(String.valueOf(scene.ask("SELECT count(*) FROM activity")));
      long least = Long.parseLong(String.valueOf(scene.ask(LEAST))) + 2 + CAMPAIGNS;
      long asked =
          scene.provider().journal().stream().filter(e -> e.path().startsWith("/v3")).count();
      LOG.log(
          System.Logger.Level.INFO,
          "%,d activities in %d s, %,d requests, at least %,d"
              .formatted(events, seconds, asked, least));
      assertThat((double) asked).isLessThanOrEqualTo(least * 1.1);
      assertThat(Truth.hub(scene)).isEqualTo(Truth.provider(scene));
    }
  }
}
