package org.rollcall.run;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * What ran on the days gone by. What a run holds it has not done: removals and moves, or its whole
 * plan where it counts nothing as held. Dry runs do nothing.
 */
public final class Days {
  private static final String BY_DAY =
      """
      SELECT (started_at AT TIME ZONE 'UTC')::date AS day,
        count(*) FILTER (WHERE state = 'completed') AS completed,
        count(*) FILTER (WHERE state = 'partial') AS partial,
        count(*) FILTER (WHERE state = 'held') AS held,
        count(*) FILTER (WHERE state = 'failed') AS failed,
        coalesce(sum(
          coalesce((counts->>'createContact')::bigint, 0)
          + coalesce((counts->>'updateContact')::bigint, 0))
          FILTER (WHERE state <> 'held' OR (counts->>'held')::bigint > 0), 0)
        + coalesce(sum(
          coalesce((counts->>'changeAddress')::bigint, 0)
          + coalesce((counts->>'removeFromList')::bigint, 0))
          FILTER (WHERE state <> 'held'), 0) AS changes
      FROM run
      WHERE started_at >= :since AND job = 'contacts' AND state <> 'planned'
      GROUP BY 1
      """;

  private final Store store;
  private final Clock clock;

  public Days(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A UTC day, by the contacts jobs that began on it.
   *
   * @param changes contacts created, updated and moved, and removals from lists
   */
  public record Day(
      LocalDate date, long completed, long partial, long held, long failed, long changes) {
    public long runs() {
      return completed + partial + held + failed;
    }
  }

  /** So many days up to today, the oldest first, those without a run included. */
  public List<Day> last(int days) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = today.minusDays(days - 1L);
    Map<LocalDate, Day> known = new HashMap<>();
    store.run(
        connection ->
            Query.of(connection, BY_DAY)
                .bind("since", first.atStartOfDay().toInstant(ZoneOffset.UTC))
                .list(
                    row ->
                        new Day(
                            row.getObject("day", LocalDate.class),
                            row.getLong("completed"),
                            row.getLong("partial"),
                            row.getLong("held"),
                            row.getLong("failed"),
                            row.getLong("changes")))
                .forEach(day -> known.put(day.date(), day)));
    List<Day> all = new ArrayList<>();
    for (LocalDate date = first; !date.isAfter(today); date = date.plusDays(1)) {
      all.add(known.getOrDefault(date, new Day(date, 0, 0, 0, 0, 0)));
    }
    return all;
  }
}
