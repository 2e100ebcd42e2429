package org.rollcall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.TestClock;
import org.rollcall.hub.Hub;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Scope;

/** The first scheduled run of a period reads everything back, by the sync's own calendar. */
class ScheduledReconcileTest {
  /** Each at eleven in the evening in Chicago, where it is the day before. */
  private static final Instant SUNDAY = Instant.parse("2026-06-01T04:00:00Z");

  private static final Instant MONDAY = Instant.parse("2026-06-02T04:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-06-03T04:00:00Z");
  private static final Instant NEXT_MONDAY = Instant.parse("2026-06-09T04:00:00Z");

  private final TestClock clock = new TestClock(SUNDAY.minusSeconds(1800));

  @TempDir Path home;
  private Town town;

  @BeforeEach
  void the_town_has_a_nightly_sync() throws IOException, SQLException {
    town = new Town(home, Town.quick());
    town.set("syncs.town.schedule", "0 0 23 * * ?").set("syncs.town.reconcile", "weekly");
    town.populate(10, 1);
  }

  @AfterEach
  void the_town_closes() {
    town.close();
  }

  @Test
  void once_a_week_whatever_a_person_asked_for_in_between() {
    try (Hub hub = town.hub();
        Service service = Service.start(hub, clock)) {
      assertThat(reconciledAfter(service, SUNDAY, 1)).isEqualTo(1);
      assertThat(reconciledAfter(service, MONDAY, 2)).isEqualTo(2);
      try (Hub another = town.hub()) {
        another.syncs().reconcile("town", List.of(Job.CONTACTS), Scope.ALL, Progress.NONE);
      }
      assertThat(reconciledAfter(service, TUESDAY, 3)).isEqualTo(2);
      assertThat(reconciledAfter(service, NEXT_MONDAY, 4)).isEqualTo(3);
    }
  }

  /** How many scheduled runs have read everything back, once so many have run. */
  private long reconciledAfter(Service service, Instant time, int fires) {
    clock.set(time);
    service.look();
    Town.until(
        fires + " scheduled runs",
        () -> town.count("SELECT count(*) FROM fire WHERE state = 'done'") == fires);
    return town.count("SELECT count(*) FROM reconciliation WHERE scheduled_for IS NOT NULL");
  }
}
