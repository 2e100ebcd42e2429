package org.rollcall.operate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Job;
import org.rollcall.run.Target;
import org.rollcall.settings.SyncSettings;
import org.rollcall.settings.Window;

/**
 * Jobs of a sync that are done by one schedule.
 *
 * @param word names the jobs in the tables of schedules
 * @param setting the end of the schedule's key
 * @param window the hours in which they may be done, absent when always
 */
record Duty(
    Target target,
    String word,
    List<Job> jobs,
    String cron,
    String setting,
    @Nullable Window window) {

  static @Nullable Duty sync(Target target) {
    SyncSettings sync = target.sync();
    return sync.schedule() == null
        ? null
        : new Duty(target, "sync", Job.OF_A_SYNC, sync.schedule(), "schedule", sync.window());
  }

  /** Activities are read at any hour: people act by day. */
  static @Nullable Duty activities(Target target) {
    String cron = target.sync().activities().schedule();
    return cron == null
        ? null
        : new Duty(
            target, "activities", List.of(Job.ACTIVITIES), cron, "activities-schedule", null);
  }

  Timetable timetable() {
    return new Timetable(cron, target.sync().timeZone(), window);
  }

  /** The job whose runs show how it goes. */
  Job shown() {
    return jobs.get(jobs.size() - 1);
  }

  /** What routes and messages call it. */
  String name() {
    String sync = target.sync().name();
    return jobs.equals(Job.OF_A_SYNC) ? sync : sync + "-" + word;
  }
}
