package org.rollcall.pace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and paces the calls of all accounts with one API key, on all nodes, in PostgreSQL.
 *
 * <p>Never more than N requests reach the provider in any sliding second: there are N slots, a call
 * holds one of them from before it is sent until after it has been answered, and the slot rests a
 * second before it is used again. Of N + 1 requests two used the same slot, so they arrived at
 * least a second apart, whatever the network did to them.
 *
 * <p>Slots live by the database's clock, which all nodes share; days and pauses by the given one.
 * Clocks of hosts are put right now and then. Within one process, slots live by a clock of its own
 * as well, so that one that jumps ahead lets nothing through too early; and what lies further ahead
 * than it can is taken for the trace of a clock that was put back.
 */
public final class Budget {
  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);

  /**
   * A slot released anywhere rests a second, so looking once a second misses no chance even though
   * a busy slot announces its deadline rather than its release.
   */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /** Clocks differ: a quota that is gone right after midnight may still be yesterday's. */
  private static final Duration MIDNIGHT_DOUBT = Duration.ofMinutes(2);

  /**
   * So long after a pause ended, a new "too many requests" starts with the smallest pause again.
   */
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(2);

  /** No call takes longer, whatever its route allows. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  /** Takes the slot that has rested longest. */
  private static final String TAKE_SLOT =
      """
      UPDATE pace_slot
      SET permit = ?, free_at = clock_timestamp() + make_interval(secs => ?)
      WHERE api_key = ? AND slot = (
        SELECT slot
        FROM pace_slot
        WHERE api_key = ? AND slot < ? AND free_at <= clock_timestamp()
        ORDER BY free_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED)
      RETURNING slot
      """;

  /** Only the slot's present holder releases it: it may have been taken over after a deadline. */
  private static final String RELEASE_SLOT =
      """
      UPDATE pace_slot
      SET free_at = clock_timestamp() + INTERVAL '1 second', permit = NULL
      WHERE api_key = ? AND slot = ? AND permit = ?
      """;

  /**
   * Slots that are free later than any holder can have said: the database's clock was put back.
   * They are taken as if they had been taken, or released, just now.
   */
  private static final String MEND_SLOTS =
      """
      UPDATE pace_slot
      SET free_at = clock_timestamp() + make_interval(secs => s.most)
      FROM (
        SELECT slot, CASE WHEN permit IS NULL THEN 1 ELSE ? END AS most
        FROM pace_slot
        WHERE api_key = ?) s
      WHERE pace_slot.api_key = ? AND pace_slot.slot = s.slot
        AND pace_slot.free_at > clock_timestamp() + make_interval(secs => s.most)
      """;

  private static final String CREATE_SLOTS =
      """
      INSERT INTO pace_slot (api_key, slot, free_at)
      SELECT ?, slot, clock_timestamp()
      FROM generate_series(0, ? - 1) AS slot
      ON CONFLICT (api_key, slot) DO NOTHING
      """;

  private static final String NEXT_FREE =
      """
      SELECT CAST(CEIL(EXTRACT(EPOCH FROM MIN(free_at) - clock_timestamp()) * 1000) AS BIGINT)
      FROM pace_slot
      WHERE api_key = ? AND slot < ?
      """;

  /** Counts one request unless the limit has been reached; no row then. */
  private static final String COUNT_REQUEST =
      """
      INSERT INTO pace_day (api_key, day, used)
      VALUES (?, ?, 1)
      ON CONFLICT (api_key, day) DO UPDATE
      SET used = pace_day.used + 1
      WHERE pace_day.used < ? AND NOT pace_day.spent
      """;

  private static final String DAY_SPENT =
      """
      INSERT INTO pace_day (api_key, day, used, spent)
      VALUES (?, ?, 0, TRUE)
      ON CONFLICT (api_key, day) DO UPDATE
      SET spent = TRUE
      """;

  private static final String PAUSE =
      """
      INSERT INTO pace_pause (api_key, until)
      VALUES (?, ?)
      ON CONFLICT (api_key) DO UPDATE
      SET until = GREATEST(pace_pause.until, excluded.until)
      """;

  private final Store store;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Backoff throttled;
  private final Map<String, Integer> slotsCreated = new ConcurrentHashMap<>();
  private final Map<String, OwnSlots> ownSlots = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> queues = new ConcurrentHashMap<>();

  /**
   * @param throttled the pauses after the provider said "too many requests"
   */
  public Budget(DataSource hub, Clock clock, Sleeper sleeper, Backoff throttled) {
    this.store = new Store(hub);
    this.clock = clock;
    this.sleeper = sleeper;
    this.throttled = throttled;
  }

  /**
   * Waits for the right to send one request and counts it against the day.
   *
   * @param reserve requests of the day that only {@link Purpose#OPT_OUTS} may use
   * @param deadline within which the call will have ended, answered or not; a holder that crashed
   *     blocks its slot no longer than that
   * @throws ProviderException {@code QUOTA_SPENT} when the day has none left
   */
  public Permit take(
      String apiKey, int perSecond, int perDay, int reserve, Purpose purpose, Duration deadline) {
    Wish wish = new Wish(digest(apiKey), perSecond, permitted(perDay, reserve, purpose), deadline);
    createSlots(wish);
    Permit permit = tryTake(wish);
    return permit != null ? permit : queue(wish);
  }

  /** Nobody with this key sends anything before then. A pause is never shortened. */
  public void pauseUntil(String apiKey, Instant until) {
    store.transaction(
        connection -> {
          try (PreparedStatement pause = connection.prepareStatement(PAUSE)) {
            pause.setString(1, digest(apiKey));
            pause.setObject(2, utc(until));
            return pause.executeUpdate();
          }
        });
  }

  /** The provider said "too many requests": everybody pauses, longer each time in a row. */
  public void throttled(String apiKey) {
    String key = digest(apiKey);
    pauseUntil(apiKey, Instant.EPOCH);
    store.transaction(connection -> grow(connection, key));
  }

  /** The provider said that the day's quota is gone: nothing more before 00:00 UTC. */
  public void daySpent(String apiKey) {
    Instant today = day(clock.instant()).atStartOfDay().toInstant(ZoneOffset.UTC);
    if (clock.instant().isBefore(today.plus(MIDNIGHT_DOUBT))) {
      pauseUntil(apiKey, today.plus(MIDNIGHT_DOUBT));
      return;
    }
    store.transaction(
        connection -> {
          try (PreparedStatement spent = connection.prepareStatement(DAY_SPENT)) {
            spent.setString(1, digest(apiKey));
            spent.setObject(2, day(clock.instant()));
            return spent.executeUpdate();
          }
        });
  }

  /** How many requests were counted in the present UTC day. */
  public long usedToday(String apiKey) {
    return store.transaction(connection -> today(connection, digest(apiKey)).used());
  }

  /** How many more requests this purpose may make in the present UTC day. */
  public long permittedToday(String apiKey, int perDay, int reserve, Purpose purpose) {
    Day today = store.transaction(connection -> today(connection, digest(apiKey)));
    return today.spent() ? 0 : Math.max(0, permitted(perDay, reserve, purpose) - today.used());
  }

  /** The right to send one request before its deadline. To be closed when the call has ended. */
  public final class Permit implements AutoCloseable {
    private final String key;
    private final int slot;
    private final UUID id;
    private final long endNanos;

    private Permit(String key, int slot, UUID id, long endNanos) {
      this.key = key;
      this.slot = slot;
      this.id = id;
      this.endNanos = endNanos;
    }

    /** What is left until the deadline, at least zero. */
    public Duration remaining() {
      return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Never fails: the answer that has just come is worth more than a slot that frees itself. */
    @Override
    public void close() {
      own(key).release(id, System.nanoTime());
      try {
        store.transaction(this::release);
      } catch (StoreException e) {
        LOG.warn("A request slot could not be released; it frees itself at its deadline", e);
      }
    }

    private int release(Connection connection) throws SQLException {
      try (PreparedStatement release = connection.prepareStatement(RELEASE_SLOT)) {
        release.setString(1, key);
        release.setInt(2, slot);
        release.setObject(3, id);
        return release.executeUpdate();
      }
    }
  }

  private record Wish(String key, int perSecond, long permitted, Duration deadline) {}

  private record Day(long used, boolean spent) {}

  /** One thread of this node looks out for a free slot, the others line up behind it. */
  private Permit queue(Wish wish) {
    ReentrantLock queue = queues.computeIfAbsent(wish.key(), key -> new ReentrantLock(true));
    try {
      queue.lockInterruptibly();
      try {
        Permit permit = tryTake(wish);
        while (permit == null) {
          sleeper.sleep(untilNextChance(wish));
          permit = tryTake(wish);
        }
        return permit;
      } finally {
        queue.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(
          Verdict.RETRY, 0, "waiting for the provider's rate limit", "interrupted");
    }
  }

  private @Nullable Permit tryTake(Wish wish) {
    // Read before the slot is taken: the permit must end before the database thinks it does.
    long now = System.nanoTime();
    long endNanos = now + wish.deadline().toNanos();
    UUID id = UUID.randomUUID();
    OwnSlots own = own(wish.key());
    boolean free = own.take(id, wish.perSecond(), now, endNanos);
    Permit permit = null;
    try {
      permit =
          store.<@Nullable Permit>transaction(
              connection ->
                  free ? tryTake(connection, wish, id, endNanos) : refused(connection, wish));
      return permit;
    } finally {
      if (permit == null) {
        own.forget(id);
      }
    }
  }

  private @Nullable Permit tryTake(Connection connection, Wish wish, UUID id, long endNanos)
      throws SQLException {
    if (pause(connection, wish.key()).isAfter(clock.instant())) {
      return refused(connection, wish);
    }
    Integer slot = takeSlot(connection, wish, id);
    if (slot == null) {
      return refused(connection, wish);
    }
    count(connection, wish);
    return new Permit(wish.key(), slot, id, endNanos);
  }

  private @Nullable Permit refused(Connection connection, Wish wish) throws SQLException {
    refuseSpentDay(connection, wish);
    return null;
  }

  private OwnSlots own(String key) {
    return ownSlots.computeIfAbsent(key, each -> new OwnSlots());
  }

  private static @Nullable Integer takeSlot(Connection connection, Wish wish, UUID id)
      throws SQLException {
    try (PreparedStatement take = connection.prepareStatement(TAKE_SLOT)) {
      take.setObject(1, id);
      take.setDouble(2, wish.deadline().plusSeconds(1).toMillis() / 1000.0);
      take.setString(3, wish.key());
      take.setString(4, wish.key());
      take.setInt(5, wish.perSecond());
      try (ResultSet row = take.executeQuery()) {
        return row.next() ? row.getInt(1) : null;
      }
    }
  }

  /** A request sent around midnight may arrive in either day, so it counts in both. */
  private void count(Connection connection, Wish wish) throws SQLException {
    Instant now = clock.instant();
    Set<LocalDate> days = new TreeSet<>(Set.of(day(now)));
    days.add(day(now.plus(wish.deadline())));
    for (LocalDate day : days) {
      try (PreparedStatement count = connection.prepareStatement(COUNT_REQUEST)) {
        count.setString(1, wish.key());
        count.setObject(2, day);
        count.setLong(3, wish.permitted());
        if (wish.permitted() <= 0 || count.executeUpdate() == 0) {
          throw spent();
        }
      }
    }
  }

  private void refuseSpentDay(Connection connection, Wish wish) throws SQLException {
    Day today = today(connection, wish.key());
    if (today.spent() || today.used() >= wish.permitted()) {
      throw spent();
    }
  }

  private ProviderException spent() {
    LocalDate tomorrow = day(clock.instant()).plusDays(1);
    return new ProviderException(
        Verdict.QUOTA_SPENT,
        0,
        "waiting for the provider's day quota",
        "today's requests are used up; it resumes on " + tomorrow + " at 00:00 UTC");
  }

  private Duration untilNextChance(Wish wish) {
    return store.transaction(
        connection -> {
          Duration pause = Duration.between(clock.instant(), pause(connection, wish.key()));
          if (!pause.isNegative() && !pause.isZero()) {
            return pause;
          }
          mendSlots(connection, wish);
          Duration next = untilNextFree(connection, wish);
          Duration ours = own(wish.key()).untilFree(wish.perSecond(), System.nanoTime());
          return next.compareTo(ours) > 0 ? next : ours;
        });
  }

  private static void mendSlots(Connection connection, Wish wish) throws SQLException {
    try (PreparedStatement mend = connection.prepareStatement(MEND_SLOTS)) {
      mend.setDouble(1, LONGEST_HOLD.toSeconds());
      mend.setString(2, wish.key());
      mend.setString(3, wish.key());
      mend.executeUpdate();
    }
  }

  private static Duration untilNextFree(Connection connection, Wish wish) throws SQLException {
    try (PreparedStatement next = connection.prepareStatement(NEXT_FREE)) {
      next.setString(1, wish.key());
      next.setInt(2, wish.perSecond());
      try (ResultSet row = next.executeQuery()) {
        row.next();
        long millis = Math.max(1, row.getLong(1));
        return Duration.ofMillis(Math.min(millis, LOOK_AGAIN.toMillis()));
      }
    }
  }

  private void createSlots(Wish wish) {
    if (slotsCreated.getOrDefault(wish.key(), 0) >= wish.perSecond()) {
      return;
    }
    store.transaction(
        connection -> {
          try (PreparedStatement create = connection.prepareStatement(CREATE_SLOTS)) {
            create.setString(1, wish.key());
            create.setInt(2, wish.perSecond());
            return create.executeUpdate();
          }
        });
    slotsCreated.merge(wish.key(), wish.perSecond(), Math::max);
  }

  /** A pause that ends later than any may was noted before the clock was put back. */
  private Instant plausible(Instant until) {
    Duration longest =
        throttled.cap().compareTo(MIDNIGHT_DOUBT) > 0 ? throttled.cap() : MIDNIGHT_DOUBT;
    return until.isAfter(clock.instant().plus(longest)) ? Instant.EPOCH : until;
  }

  private Instant pause(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT until FROM pace_pause WHERE api_key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? plausible(row.getObject(1, OffsetDateTime.class).toInstant())
            : Instant.EPOCH;
      }
    }
  }

  /** Calls that were throttled together count once: whoever comes during the pause adds nothing. */
  private int grow(Connection connection, String key) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT until, throttled FROM pace_pause WHERE api_key = ? FOR UPDATE");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE pace_pause SET until = ?, throttled = ? WHERE api_key = ?")) {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        Instant until = plausible(row.getObject(1, OffsetDateTime.class).toInstant());
        if (until.isAfter(now)) {
          return 0;
        }
        int inARow = until.plus(FORGIVEN_AFTER).isBefore(now) ? 1 : row.getInt(2) + 1;
        update.setObject(1, utc(now.plus(throttled.after(inARow))));
        update.setInt(2, inARow);
        update.setString(3, key);
        return update.executeUpdate();
      }
    }
  }

  private Day today(Connection connection, String key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT used, spent FROM pace_day WHERE api_key = ? AND day = ?")) {
      select.setString(1, key);
      select.setObject(2, day(clock.instant()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Day(row.getLong(1), row.getBoolean(2)) : new Day(0, false);
      }
    }
  }

  private static long permitted(int perDay, int reserve, Purpose purpose) {
    return switch (purpose) {
      case OPT_OUTS -> perDay;
      case WORK -> (long) perDay - reserve;
    };
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static String digest(String apiKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(apiKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
