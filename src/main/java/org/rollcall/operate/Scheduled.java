package org.rollcall.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Jobs of a sync with a schedule, and what this process knows about it. */
final class Scheduled {
  final Duty duty;
  final Timetable timetable;
  final Instant since;

  /** The last time known to be taken care of, so that the database is not asked again. */
  private volatile @Nullable Fire settled;

  Scheduled(Duty duty, Instant since) {
    this.duty = duty;
    this.timetable = duty.timetable();
    this.since = since;
  }

  /** The sync's name, and which of its jobs when it is not its lists and contacts. */
  String name() {
    return duty.name();
  }

  String sync() {
    return duty.target().sync().name();
  }

  String account() {
    return duty.target().account().name();
  }

  boolean isSettled(Fire fire) {
    return fire.equals(settled);
  }

  void settle(Fire fire) {
    settled = fire;
  }
}
