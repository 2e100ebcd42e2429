package org.rollcall.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.run.Reconciling;
import org.rollcall.run.Run;
import org.rollcall.settings.AddressConflicts;
import org.rollcall.settings.Mode;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/**
 * What the provider holds otherwise than the hub thought. It is noted before a reading counts, and
 * once the run is over each difference says whether it was put right or why not.
 */
public final class Drift {
  /** What our own runs did is taken out again, then the rest is judged. */
  private static final List<String> JUDGED = List.of("own_doing", "foresee");

  private final Store store;
  private final Clock clock;

  public Drift(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The kinds of differences. */
  public enum Kind {
    CONTACT_GONE("contactGone", "contacts gone"),
    CONTACT_UNKNOWN("contactUnknown", "contacts unknown so far"),
    MEMBERSHIP_LOST("membershipLost", "memberships lost"),
    MEMBERSHIP_ADDED("membershipAdded", "memberships added by hand"),
    PERMISSION_CHANGED("permissionChanged", "permissions changed"),
    ADDRESS_CHANGED("addressChanged", "addresses changed"),
    FIELDS_CHANGED("fieldsChanged", "contacts with changed fields"),
    LIST_RENAMED("listRenamed", "lists renamed"),
    LIST_DELETED("listDeleted", "lists deleted");

    private final String word;
    private final String text;

    Kind(String word, String text) {
      this.word = word;
      this.text = text;
    }

    /** As tables and JSON name it. */
    public String word() {
      return word;
    }

    /** As people read it, in the plural. */
    public String text() {
      return text;
    }

    private String statement() {
      return "drift/" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** How many there were of a kind, and how many of them the run put right. */
  public record Count(long found, long repaired) {}

  /** Why so many of a kind are left as they are. */
  public record Reason(String kind, @Nullable String why, long entries) {}

  /**
   * One difference.
   *
   * @param address what the provider has; {@code former} what was known, when that is another
   * @param repaired in a dry run: would be
   * @param why it is left as it is
   */
  public record Entry(
      String kind,
      @Nullable String memberKey,
      @Nullable String address,
      @Nullable String former,
      @Nullable String list,
      @Nullable String detail,
      boolean repaired,
      @Nullable String why) {}

  /** A reading of everything. */
  public record Reconciliation(long run, Instant at, long contacts) {}

  /**
   * Notes how what was read differs from what is known.
   *
   * @param seen what was read; a reading that is not whole says nothing of who is missing
   * @param settles a run whose deliveries this reading settles
   * @return whether the reading is to be taken over; a dry run only looks
   * @throws IllegalStateException when it holds nothing although something is known
   */
  boolean compare(Connection session, Run run, SeenContacts seen, OptionalLong settles)
      throws SQLException {
    Query.named(session, "drift/purge")
        .bind("account", run.account())
        .bind("now", clock.instant())
        .update();
    boolean nothingKnown =
        Query.of(session, "SELECT count(*) FROM contact WHERE account_id = :account")
                .bind("account", run.account())
                .number()
            == 0;
    begin(session, run);
    if (nothingKnown) {
      return true;
    }
    if (seen.count() == 0) {
      throw new IllegalStateException(
          "the provider's answer holds no contact at all although some are known; nothing was"
              + " changed, and the next run asks again. If somebody really deleted all contacts"
              + " there, add one by hand in the account, then reconcile");
    }
    for (Kind kind : Kind.values()) {
      boolean gone = kind == Kind.CONTACT_GONE && !seen.whole();
      if (kind.compareTo(Kind.LIST_RENAMED) < 0 && !gone) {
        query(session, run, kind.statement()).update();
      }
    }
    Query.of(session, "ANALYZE drift").update();
    for (String step : JUDGED) {
      query(session, run, "drift/" + step)
          .bind("settles", settles.orElse(0))
          .bind("takesAway", run.target().sync().mode() == Mode.REMOVE_ONLY)
          .bind("conflicts", conflicts(run))
          .update();
    }
    return !run.scope().dryRun();
  }

  private void begin(Connection session, Run run) throws SQLException {
    Reconciling why = run.reconciling();
    query(session, run, "drift/begin")
        .bind("scheduled", why == null ? null : why.scheduledFor())
        .update();
  }

  private static String conflicts(Run run) {
    AddressConflicts rule = run.target().sync().identity().conflicts();
    return rule.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes a reading of everything what is known, as far as what changed is not enough for that.
   *
   * @param whole whether who is missing is gone
   */
  int takeOver(Connection session, Run run, boolean whole) throws SQLException {
    return query(session, run, "drift/unconfirm").update()
        + (whole ? query(session, run, "drift/forget_gone").update() : 0);
  }

  /** Says of each difference whether the run put it right. */
  public void settle(Run run) {
    store.run(
        connection -> {
          run.fence(connection);
          query(connection, run, "drift/settle").update();
        });
  }

  /** The newest reading of everything for a sync, or that of a certain run. */
  public Optional<Reconciliation> latest(String sync, @Nullable Long run) {
    return store.transaction(
        connection ->
            Query.named(connection, "drift/latest")
                .bind("sync", sync)
                .bind("run", run)
                .first(
                    row ->
                        new Reconciliation(
                            row.getLong("run_id"),
                            row.getTimestamp("at").toInstant(),
                            row.getLong("contacts"))));
  }

  /** The differences of a run by kind; every kind is there. */
  public Map<Kind, Count> counts(long run) {
    Map<String, Count> found = new HashMap<>();
    store.run(
        connection ->
            Query.named(connection, "drift/counts")
                .bind("run", run)
                .each(
                    row ->
                        found.put(
                            row.getString("kind"),
                            new Count(row.getLong("found"), row.getLong("repaired")))));
    Map<Kind, Count> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, found.getOrDefault(kind.word(), new Count(0, 0)));
    }
    return counts;
  }

  /** Why differences of a run are left as they are. */
  public List<Reason> reasons(long run) {
    return store.transaction(
        connection ->
            Query.named(connection, "drift/reasons")
                .bind("run", run)
                .list(
                    row ->
                        new Reason(
                            row.getString("kind"), row.getString("why"), row.getLong("entries"))));
  }

  /** Gives the differences of a run, by kind, without holding them all. */
  public void entries(long run, Consumer<Entry> sink) {
    store.run(
        connection ->
            Query.named(connection, "drift/entries")
                .bind("run", run)
                .streaming(1000)
                .each(row -> sink.accept(entry(row))));
  }

  /** A difference with its number, by which pages go on. */
  public record Numbered(long number, Entry entry) {}

  /**
   * The differences of a run, a page at a time.
   *
   * @param kind only of this kind; null all
   * @param after only with a greater number
   */
  public List<Numbered> page(long run, @Nullable Kind kind, long after, int atMost) {
    return store.transaction(
        connection ->
            new ArrayList<>(
                Query.named(connection, "drift/page")
                    .bind("run", run)
                    .bind("kind", kind == null ? null : kind.word())
                    .bind("after", after)
                    .bind("most", atMost)
                    .list(row -> new Numbered(row.getLong("drift_no"), entry(row)))));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("kind"),
        row.getString("member_key"),
        row.getString("address"),
        row.getString("former"),
        row.getString("list"),
        row.getString("detail"),
        row.getBoolean("repairs"),
        row.getString("why"));
  }

  private Query query(Connection connection, Run run, String name) {
    return Query.named(connection, name)
        .bind("account", run.account())
        .bind("sync", run.sync())
        .bind("run", run.id())
        .bind("now", clock.instant());
  }
}
