package org.rollcall.handmade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.choice.Choices;
import org.rollcall.erasure.Erasures;
import org.rollcall.member.Erased;
import org.rollcall.member.GroupSelection;
import org.rollcall.member.Names;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.Mode;
import org.rollcall.settings.Settings;
import org.rollcall.settings.SyncSettings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * The ledger of memberships that staff made by hand: a member of the source in a group, whether the
 * source knows the group or not. A change takes effect with the sync's next run; {@code sync
 * --member KEY} brings it at once.
 *
 * <p>A call changes all it names or nothing. Two calls at a time are safe: of the same membership
 * one makes it, and the other finds it known.
 */
public final class HandMade {
  /** More keys than this are refused in one call. */
  public static final int MOST = 100_000;

  /** So many keys are named in an answer; the numbers count them all. */
  private static final int NAMED = 100;

  /** How long a page is looked for; what lies further on is left to the next page. */
  private static final Duration PATIENCE = Duration.ofMillis(70);

  private static final int SHORT = 500;
  static final int LONG = 8_000;

  private final Store store;
  private final Settings settings;
  private final Runs runs;
  private final Erasures erasures;
  private final Clock clock;

  public HandMade(Store store, Settings settings, Runs runs, Erasures erasures, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.runs = runs;
    this.erasures = erasures;
    this.clock = clock;
  }

  /**
   * What a call changed, or why it changed nothing.
   *
   * @param group as the sync spells it
   * @param newGroup whether neither the source nor anybody's hand had made this group before
   * @param selected whether the group synchronises; otherwise its members get on no list
   * @param saved whether the ledger was changed as asked; false when a key is refused, or it was
   *     only asked what would happen
   * @param changed memberships that were made, or taken away; of what was not saved, would be
   * @param known memberships that were as asked already
   * @param inSource of the changed, memberships that the source gives as well
   * @param refused keys that keep the call from being saved
   */
  public record Answer(
      String sync,
      String group,
      boolean newGroup,
      boolean selected,
      boolean saved,
      long changed,
      long known,
      long inSource,
      Refused refused) {}

  /**
   * Keys that keep a call from being saved.
   *
   * @param unknown keys that the source does not give, as of its last reading; of a removal,
   *     members whom nobody put into the group by hand
   * @param erased keys of members who were erased on request
   * @param keys the first of them all, at most 100
   */
  public record Refused(long unknown, long erased, List<String> keys) {
    public boolean nobody() {
      return unknown + erased == 0;
    }
  }

  /**
   * A membership in the ledger.
   *
   * @param takenBy who took it away again, and {@code takenAt} when; null while it stands
   */
  public record Entry(
      String memberKey,
      String group,
      String by,
      Instant at,
      @Nullable String takenBy,
      @Nullable Instant takenAt) {}

  /**
   * Puts members into a group.
   *
   * @param group of the source, without regard to case, or a name of its own
   * @param keys of members that the source gives; each counts once
   * @param by the user who does it
   * @param dryRun only says what would happen
   * @throws IllegalArgumentException when there are no keys or more than {@value #MOST}, or a name
   *     is none
   * @throws IllegalStateException when the sync's mode never adds anybody
   */
  public Answer add(String sync, String group, Collection<String> keys, String by, boolean dryRun) {
    Target target = target(sync);
    refuseMode(target);
    return change(target, group, keys, by, dryRun, true);
  }

  /**
   * Takes hand-made memberships away again. Whoever the source gives in the group stays in it.
   *
   * @param keys of members who were put into the group by hand
   * @param by the user who does it
   * @param dryRun only says what would happen
   * @throws IllegalArgumentException as {@link #add}
   */
  public Answer remove(
      String sync, String group, Collection<String> keys, String by, boolean dryRun) {
    return change(target(sync), group, keys, by, dryRun, false);
  }

  private Answer change(
      Target target,
      String group,
      Collection<String> keys,
      String by,
      boolean dryRun,
      boolean adds) {
    String user = Names.user(by);
    String named = Names.group(group);
    String[] wanted = wanted(keys);
    Erased erased = adds ? erasures.of(target.sync().name()) : Erased.NOBODY;
    return store.transaction(
        connection -> {
          if (!dryRun) {
            alone(connection);
          }
          stage(connection, wanted);
          Spelling spelling = spelling(connection, target, named);
          Refused refused = refused(connection, target, spelling.group(), erased, adds);
          GroupSelection selection = Choices.selection(connection, target);
          Tally tally = tally(connection, target, spelling.group(), adds);
          boolean saves = refused.nobody() && !dryRun;
          if (saves) {
            save(connection, target, spelling.group(), user, adds);
          }
          return new Answer(
              target.sync().name(),
              spelling.group(),
              spelling.isNew(),
              selection.selects(spelling.group()),
              saves,
              tally.changed(),
              tally.known(),
              tally.inSource(),
              refused);
        });
  }

  /** Of two who change the ledger, the second finds what the first has made. */
  private static void alone(Connection connection) throws SQLException {
    Query.of(connection, "SELECT pg_advisory_xact_lock(7262173, 12)").each(row -> {});
  }

  private static String[] wanted(Collection<String> keys) {
    Set<String> distinct = new LinkedHashSet<>();
    keys.stream().map(String::strip).filter(key -> !key.isEmpty()).forEach(distinct::add);
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("no keys of members were given");
    }
    if (distinct.size() > MOST) {
      throw new IllegalArgumentException(
          "%,d keys are too many for one call; at most %,d".formatted(distinct.size(), MOST));
    }
    return distinct.toArray(String[]::new);
  }

  private static void refuseMode(Target target) {
    if (target.sync().mode() == Mode.REMOVE_ONLY) {
      throw new IllegalStateException(
          "sync %s only takes away (rollcall.syncs.%1$s.mode=remove-only); nobody is put on a list by it"
              .formatted(target.sync().name()));
    }
  }

  private static void stage(Connection connection, String[] keys) throws SQLException {
    Query.of(
            connection,
            "CREATE TEMP TABLE asked_for ON COMMIT DROP AS SELECT unnest(:keys::text[]) AS"
                + " member_key")
        .bind("keys", keys)
        .update();
    Query.of(connection, "ANALYZE asked_for").update();
  }

  private record Spelling(String group, boolean isNew) {}

  private static Spelling spelling(Connection connection, Target target, String group)
      throws SQLException {
    return about(connection, target, "handmade/spelling")
        .bind("group", group)
        .first(row -> new Spelling(row.getString(1), false))
        .orElse(new Spelling(group, true));
  }

  private static Refused refused(
      Connection connection, Target target, String group, Erased erased, boolean adds)
      throws SQLException {
    List<String> named = new ArrayList<>();
    long[] counts = new long[2];
    about(connection, target, adds ? "handmade/unknown" : "handmade/not_by_hand")
        .bind("group", group)
        .each(
            row -> {
              String key = row.getString("member_key");
              boolean isErased = row.getBoolean("erased") || erased.contains(key, null);
              counts[isErased ? 1 : 0]++;
              if (named.size() < NAMED) {
                named.add(key);
              }
            });
    if (erased != Erased.NOBODY) {
      about(connection, target, "handmade/known_addresses")
          .each(
              row -> {
                String key = row.getString("member_key");
                if (erased.contains(key, row.getString("address"))) {
                  counts[1]++;
                  if (named.size() < NAMED) {
                    named.add(key);
                  }
                }
              });
    }
    return new Refused(counts[0], counts[1], List.copyOf(new TreeSet<>(named)));
  }

  private record Tally(long changed, long known, long inSource) {}

  private static Tally tally(Connection connection, Target target, String group, boolean adds)
      throws SQLException {
    return about(connection, target, "handmade/tally")
        .bind("group", group)
        .bind("adds", adds)
        .first(
            row ->
                new Tally(row.getLong("changed"), row.getLong("known"), row.getLong("in_source")))
        .orElseThrow();
  }

  private void save(Connection connection, Target target, String group, String by, boolean adds)
      throws SQLException {
    about(connection, target, adds ? "handmade/make" : "handmade/take_away")
        .bind("group", group)
        .bind("by", by)
        .bind("at", clock.instant())
        .update();
    Query.of(connection, "ANALYZE hand_made").update();
  }

  /**
   * The memberships that stand, and those that were taken away again, by group and key.
   *
   * @param group null for all
   * @param most how many at most
   */
  public List<Entry> entries(String sync, @Nullable String group, int most) {
    Target target = target(sync);
    return store.transaction(
        connection ->
            about(connection, target, "handmade/entries")
                .bind("group", group)
                .bind("most", most)
                .list(HandMade::entry));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("member_key"),
        row.getString("group_name"),
        row.getString("made_by"),
        Objects.requireNonNull(Query.instant(row, "made_at")),
        row.getString("taken_by"),
        Query.instant(row, "taken_at"));
  }

  /**
   * Members by what is known of them, for a choice before they are added.
   *
   * @param inGroup in this group now; null for any
   * @param status with this status there, such as {@code synced}, as of the last run; null for any
   * @param text beginning of the key, the address, the name or the last name, without regard to
   *     case; null for any
   */
  public record Filter(@Nullable String inGroup, @Nullable String status, @Nullable String text) {}

  /** A member that a filter finds; {@code email} and {@code name} as the source gives them. */
  public record Found(String memberKey, @Nullable String name, @Nullable String email) {}

  /**
   * Some members that a filter finds, by key, each once.
   *
   * @param next behind which key the next page begins, absent on the last
   * @param searched whether no more would have fitted; false when it took too long to look for more
   */
  public record Page(List<Found> members, @Nullable String next, boolean searched) {}

  /**
   * The members that a filter finds, by key.
   *
   * @param after only keys behind this one, for paging; null from the beginning
   * @param most how many at most
   */
  public Page find(String sync, Filter filter, @Nullable String after, int most) {
    Target target = target(sync);
    return store.transaction(
        connection -> {
          Finding finding = Finding.of(connection, target, filter);
          long end = System.nanoTime() + PATIENCE.toNanos();
          List<String> keys = new ArrayList<>();
          String next = after == null ? "" : after;
          for (int rows = SHORT; next != null; rows = Math.min(4 * rows, LONG)) {
            Finding.Stretch stretch = finding.next(next, rows);
            keys.addAll(stretch.found());
            next = stretch.last();
            if (keys.size() > most || System.nanoTime() > end) {
              break;
            }
          }
          boolean more = keys.size() > most;
          List<String> shown = more ? keys.subList(0, most) : keys;
          return new Page(
              found(connection, target, shown),
              more ? shown.get(most - 1) : next,
              more || next == null);
        });
  }

  private static List<Found> found(Connection connection, Target target, List<String> keys)
      throws SQLException {
    return about(connection, target, "handmade/found")
        .bind("keys", keys.toArray(String[]::new))
        .list(row -> new Found(row.getString(1), row.getString(2), row.getString(3)));
  }

  private static Query about(Connection connection, Target target, String name) {
    return Query.named(connection, name)
        .bind("account", target.accountId())
        .bind("sync", target.syncId());
  }

  private Target target(String sync) {
    SyncSettings of = settings.sync(sync);
    return runs.target(of, settings.account(of.account()));
  }
}
