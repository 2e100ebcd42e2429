package org.rollcall.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Target;

/** A sync with a schedule, and what this process knows about it. */
final class Scheduled {
  final Target target;
  final String cron;
  final Timetable timetable;
  final Instant since;

  /** The last time known to be taken care of, so that the database is not asked again. */
  private volatile @Nullable Fire settled;

  Scheduled(Target target, String cron, Timetable timetable, Instant since) {
    this.target = target;
    this.cron = cron;
    this.timetable = timetable;
    this.since = since;
  }

  String name() {
    return target.sync().name();
  }

  String account() {
    return target.account().name();
  }

  boolean isSettled(Fire fire) {
    return fire.equals(settled);
  }

  void settle(Fire fire) {
    settled = fire;
  }
}
