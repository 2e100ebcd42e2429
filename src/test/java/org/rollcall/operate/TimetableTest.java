package org.rollcall.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.settings.Window;

class TimetableTest {
  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
  private static final Window NIGHT = window("23:00", "04:00");
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2038-01-01T00:00:00Z");

  /** Every set of zone rules with changes in these years, once, however many zones share it. */
  private static final Map<ZoneRules, ZoneId> ZONES = zones();

  private static Map<ZoneRules, ZoneId> zones() {
    Map<ZoneRules, ZoneId> zones = new LinkedHashMap<>();
    ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map(ZoneId::of)
        .filter(zone -> !changes(zone).isEmpty())
        .forEach(zone -> zones.putIfAbsent(zone.getRules(), zone));
    return zones;
  }

  private static List<ZoneOffsetTransition> changes(ZoneId zone) {
    List<ZoneOffsetTransition> changes = new ArrayList<>();
    ZoneOffsetTransition change = zone.getRules().nextTransition(START);
    while (change != null && change.getInstant().isBefore(END)) {
      changes.add(change);
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return changes;
  }

  private static Window window(String from, String until) {
    return new Window(LocalTime.parse(from), LocalTime.parse(until));
  }

  private static String daily(LocalTime time) {
    return "%d %d %d * * ?".formatted(time.getSecond(), time.getMinute(), time.getHour());
  }

  @Test
  void a_daily_time_comes_once_a_local_date_in_every_zone_around_every_change() {
    int looked = 0;
    for (ZoneId zone : ZONES.values()) {
      for (ZoneOffsetTransition change : changes(zone)) {
        LocalTime around = change.getDateTimeBefore().toLocalTime();
        for (int minutes = -90; minutes <= 90; minutes += 45) {
          LocalTime time = around.plusMinutes(minutes);
          onceADate(new Timetable(daily(time), zone, null), zone, time, change);
          looked++;
        }
      }
    }
    assertThat(looked).as("times and changes looked at").isGreaterThan(5_000);
  }

  private static void onceADate(
      Timetable daily, ZoneId zone, LocalTime time, ZoneOffsetTransition change) {
    LocalDate first = change.getDateTimeBefore().toLocalDate().minusDays(2);
    Instant from = change.getInstant().minus(Duration.ofDays(6));
    Instant to = change.getInstant().plus(Duration.ofDays(6));
    List<Fire> fires = daily.within(from, to);

    for (int day = 0; day < 5; day++) {
      LocalDateTime wanted = first.plusDays(day).atTime(time);
      List<Fire> thatDay = fires.stream().filter(fire -> fire.local().equals(wanted)).toList();
      assertThat(thatDay).as("%s in %s", wanted, zone).hasSize(1);
      assertThat(thatDay.get(0).at()).isEqualTo(expected(wanted, zone));
    }
    assertThat(fires).extracting(Fire::at).isSorted();
  }

  /** Straight from the list of offsets that are valid: none, one or two. */
  private static Instant expected(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
    return valid.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(valid.get(0));
  }

  @Test
  void a_nightly_run_happens_once_a_night_around_every_change_whenever_one_looks() {
    Random random = new Random(11);
    List<String> times = List.of("00:00", "01:30", "02:00", "02:30", "23:00", "23:45");
    for (ZoneId zone : ZONES.values()) {
      for (ZoneOffsetTransition change : changes(zone)) {
        if (random.nextInt(5) > 0) {
          continue;
        }
        LocalTime time = LocalTime.parse(times.get(random.nextInt(times.size())));
        Set<LocalDate> ran = visits(new Timetable(daily(time), zone, NIGHT), change, random);

        LocalDate date = LocalDate.ofInstant(change.getInstant(), zone);
        for (int day = -1; day <= 1; day++) {
          assertThat(ran).as("%s in %s", time, zone).contains(date.plusDays(day));
        }
      }
    }
  }

  /** Looks every 5 to 25 minutes for four days, and runs what is due once. */
  private static Set<LocalDate> visits(
      Timetable nightly, ZoneOffsetTransition change, Random random) {
    Set<LocalDateTime> claimed = new HashSet<>();
    Set<LocalDate> ran = new HashSet<>();
    Instant since = change.getInstant().minus(Duration.ofDays(4));
    Instant now = change.getInstant().minus(Duration.ofDays(2).plusHours(2));
    while (now.isBefore(change.getInstant().plus(Duration.ofDays(2).plusHours(2)))) {
      Fire due = nightly.latest(since, now).orElseThrow();
      if (!due.over(now) && claimed.add(due.local())) {
        assertThat(due.pass()).isEqualTo(1);
        assertThat(ran.add(due.local().toLocalDate())).isTrue();
      }
      now = now.plusSeconds(300 + random.nextInt(1200));
    }
    return ran;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-10, 300", // an ordinary night
    "2026-03-07, 240", // into the change of 8 March
    "2026-10-31, 360", // into the change of 1 November
    "2027-03-13, 240",
    "2027-11-06, 360",
    "2028-02-29, 300",
    "2027-12-31, 300"
  })
  void a_window_is_as_long_as_its_night(LocalDate evening, long minutes) {
    Instant eleven = evening.atTime(23, 0).atZone(CHICAGO).toInstant();

    Fire fire = new Timetable("0 0 23 * * ?", CHICAGO, NIGHT).latest(START, eleven).orElseThrow();

    assertThat(fire.at()).isEqualTo(eleven);
    assertThat(Duration.between(fire.at(), Objects.requireNonNull(fire.end())))
        .isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void a_time_that_is_skipped_in_spring_comes_at_the_change() {
    Fire fire = the("0 30 2 * * ?", "2027-03-14T00:00", "2027-03-14T23:00");

    assertThat(fire.at()).isEqualTo(Instant.parse("2027-03-14T08:00:00Z"));
  }

  @Test
  void a_time_that_comes_twice_in_autumn_counts_the_first_time() {
    Fire fire = the("0 30 1 * * ?", "2026-11-01T00:00", "2026-11-01T23:00");

    assertThat(fire.at()).isEqualTo(Instant.parse("2026-11-01T06:30:00Z"));
  }

  private static Fire the(String cron, String from, String to) {
    List<Fire> fires = new Timetable(cron, CHICAGO, null).within(chicago(from), chicago(to));
    assertThat(fires).hasSize(1);
    return fires.get(0);
  }

  private static Instant chicago(String local) {
    return LocalDateTime.parse(local).atZone(CHICAGO).toInstant();
  }

  @ParameterizedTest
  @CsvSource({"2026-03-04, 20", "2026-03-07, 16", "2026-10-31, 24"})
  void a_schedule_every_quarter_of_an_hour_has_neither_gap_nor_doubles(
      LocalDate evening, int distinct) {
    Instant from = evening.atTime(23, 0).atZone(CHICAGO).toInstant();
    Instant to = evening.plusDays(1).atTime(3, 59).atZone(CHICAGO).toInstant();

    List<Instant> times =
        new Timetable("0 0/15 23,0,1,2,3 * * ?", CHICAGO, NIGHT)
            .within(from, to).stream().map(Fire::at).distinct().sorted().toList();

    assertThat(times).hasSize(distinct);
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isEqualTo(Duration.ofMinutes(15));
    }
  }

  @Test
  void two_times_in_the_repeated_hour_are_not_repeated() {
    assertThat(
            new Timetable("0 15,45 1 * * ?", CHICAGO, null)
                .within(chicago("2026-11-01T00:00"), chicago("2026-11-01T12:00")))
        .hasSize(2);
  }

  @Test
  void a_time_outside_of_the_window_is_none() {
    assertThat(new Timetable("0 0 12 * * ?", CHICAGO, NIGHT).next(START)).isEmpty();
    assertThat(new Timetable("0 0 4 * * ?", CHICAGO, NIGHT).next(START)).isEmpty();
  }

  @Test
  void a_skipped_time_takes_its_share_of_the_window_along() {
    Timetable late = new Timetable("0 30 2 * * ?", CHICAGO, window("23:00", "02:45"));

    Fire fire = late.latest(START, chicago("2027-03-14T12:00")).orElseThrow();

    assertThat(Duration.between(fire.at(), Objects.requireNonNull(fire.end())))
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void a_run_missed_in_every_minute_of_the_window_is_due_until_the_window_closes() {
    Timetable nightly = new Timetable("0 0 23 * * ?", CHICAGO, NIGHT);
    Instant eleven = chicago("2026-10-31T23:00");
    for (int minute = 0; minute < 24 * 60; minute++) {
      Instant up = eleven.plus(Duration.ofMinutes(minute));
      Fire due = nightly.latest(START, up).orElseThrow();
      assertThat(due.at()).isEqualTo(eleven);
      assertThat(due.over(up)).as("after %d minutes", minute).isEqualTo(minute >= 360);
    }
  }

  @Test
  void nothing_is_owed_from_before_the_schedule_was_known() {
    Timetable nightly = new Timetable("0 0 23 * * ?", CHICAGO, null);
    Instant noon = chicago("2026-06-01T12:00");

    assertThat(nightly.latest(noon, noon.plusSeconds(3600))).isEmpty();
    assertThat(nightly.latest(noon, chicago("2026-06-01T23:00"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "0 0 23 29 2 ?, 2028-02-29T23:00",
    "0 30 23 31 12 ?, 2026-12-31T23:30",
    "0 0 23 L * ?, 2026-01-31T23:00",
    "0 0 23 ? * SUN#1, 2026-01-04T23:00"
  })
  void rare_times_are_found(String cron, String next) {
    assertThat(new Timetable(cron, CHICAGO, null).next(chicago("2026-01-01T12:00")))
        .map(Fire::local)
        .contains(LocalDateTime.parse(next));
  }
}
