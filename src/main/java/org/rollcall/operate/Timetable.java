package org.rollcall.operate;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;
import org.rollcall.settings.Window;

/**
 * When a sync is due. The cron expression is read as times of the wall clock, and each of them
 * happens exactly once, however the clock is changed:
 *
 * <ul>
 *   <li>a time that is skipped in spring happens at the instant of the change;
 *   <li>a time that comes twice in autumn happens the first time;
 *   <li>only an expression that fires all through the repeated hour, and before and after it at the
 *       same pace, fires in both, so that there is no silent hour.
 * </ul>
 */
final class Timetable {
  /** A time that was missed for longer is not made up. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(31);

  /** Looked through one after the other, for most expressions fire often. */
  private static final List<Duration> LOOK_BACK =
      List.of(Duration.ofHours(1), Duration.ofDays(2), LONGEST_DELAY);

  private static final List<Duration> LOOK_AHEAD =
      List.of(Duration.ofHours(1), Duration.ofDays(2), Duration.ofDays(32), Duration.ofDays(1500));

  /** No clock is changed by more. */
  private static final Duration NEARBY = Duration.ofHours(25);

  private final CronExpression cron;
  private final ZoneId zone;
  private final @Nullable Window window;

  Timetable(String cron, ZoneId zone, @Nullable Window window) {
    this.cron = parse(cron);
    this.zone = zone;
    this.window = window;
  }

  private static CronExpression parse(String text) {
    try {
      CronExpression cron = new CronExpression(text);
      cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
      return cron;
    } catch (ParseException e) {
      throw new IllegalArgumentException(text + " is not a Quartz cron expression", e);
    }
  }

  /** The last time up to now, if there was one since then and it is not too long ago. */
  Optional<Fire> latest(Instant since, Instant now) {
    for (Duration back : LOOK_BACK) {
      Instant from = later(since, now.minus(back));
      Optional<Fire> latest = within(from, now).stream().max(Fire.ORDER);
      if (latest.isPresent() || from.equals(since)) {
        return latest;
      }
    }
    return Optional.empty();
  }

  /** The first time after now. */
  Optional<Fire> next(Instant now) {
    return LOOK_AHEAD.stream()
        .map(ahead -> within(now.plusNanos(1), now.plus(ahead)).stream().min(Fire.ORDER))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Every time from one instant to the other, both included, in the order of the wall clock. */
  List<Fire> within(Instant from, Instant to) {
    List<Fire> fires = new ArrayList<>();
    Duration change = largestChange(from, to);
    LocalDateTime last = LocalDateTime.ofInstant(to, zone).plus(change);
    LocalDateTime local = after(LocalDateTime.ofInstant(from, zone).minus(change).minusSeconds(1));
    while (local != null && !local.isAfter(last)) {
      happenings(local).stream()
          .filter(fire -> !fire.at().isBefore(from) && !fire.at().isAfter(to))
          .forEach(fires::add);
      local = after(local);
    }
    return fires;
  }

  /** So far a time of the wall clock may be away from where this period's offsets put it. */
  private Duration largestChange(Instant from, Instant to) {
    Duration largest = Duration.ZERO;
    Instant end = to.plus(NEARBY);
    ZoneOffsetTransition change = zone.getRules().nextTransition(from.minus(NEARBY));
    while (change != null && change.getInstant().isBefore(end)) {
      Duration length = change.getDuration().abs();
      largest = length.compareTo(largest) > 0 ? length : largest;
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return largest;
  }

  /** The next time of the expression on a wall clock that is never changed. */
  private @Nullable LocalDateTime after(LocalDateTime local) {
    Date next = cron.getNextValidTimeAfter(Date.from(local.toInstant(ZoneOffset.UTC)));
    return next == null ? null : LocalDateTime.ofInstant(next.toInstant(), ZoneOffset.UTC);
  }

  private List<Fire> happenings(LocalDateTime local) {
    LocalDateTime end = windowEnd(local);
    if (window != null && end == null) {
      return List.of();
    }
    Fire first = new Fire(local, 1, instant(local), end(local, end));
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null || change.isGap() || !passesThrough(change)) {
      return List.of(first);
    }
    Instant again = local.toInstant(change.getOffsetAfter());
    Fire second = new Fire(local, 2, again, first.end());
    return second.over(again) ? List.of(first) : List.of(first, second);
  }

  /**
   * Whether the expression fires before, during and after the repeated time, each within its
   * length.
   */
  private boolean passesThrough(ZoneOffsetTransition overlap) {
    Duration length = overlap.getDuration().abs();
    LocalDateTime begin = overlap.getDateTimeAfter();
    LocalDateTime end = overlap.getDateTimeBefore();
    return fires(begin.minus(length), begin) && fires(begin, end) && fires(end, end.plus(length));
  }

  private boolean fires(LocalDateTime from, LocalDateTime until) {
    LocalDateTime next = after(from.minusSeconds(1));
    return next != null && next.isBefore(until);
  }

  /** When the window around this time closes by the wall clock; null outside of it. */
  private @Nullable LocalDateTime windowEnd(LocalDateTime local) {
    if (window == null) {
      return null;
    }
    LocalDateTime end = local.toLocalDate().atTime(window.until());
    if (!end.isAfter(local)) {
      end = end.plusDays(1);
    }
    LocalDateTime begin = end.toLocalDate().atTime(window.from());
    if (!begin.isBefore(end)) {
      begin = begin.minusDays(1);
    }
    return local.isBefore(begin) ? null : end;
  }

  /** A time that the change of the clock moved takes its share of the window along. */
  private @Nullable Instant end(LocalDateTime local, @Nullable LocalDateTime end) {
    if (end == null) {
      return null;
    }
    Instant closes = instant(end);
    return skipped(local)
        ? later(closes, instant(local).plus(Duration.between(local, end)))
        : closes;
  }

  private boolean skipped(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap();
  }

  /** The end of the gap for a skipped time, the first of two for a repeated one. */
  private Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    return change != null && change.isGap()
        ? change.getInstant()
        : ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
