package org.rollcall.activity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.provider.ActivityKind;
import org.rollcall.provider.RemoteCampaign;
import org.rollcall.provider.SeenActivity;
import org.rollcall.provider.UnreadRow;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** Keeps pages of activities, and how far each list has been read, in one transaction each. */
final class Pages {
  private final Store store;
  private final Months months;
  private final UnreadRows unreadRows;

  Pages(Store store, Months months, UnreadRows unreadRows) {
    this.store = store;
    this.months = months;
    this.unreadRows = unreadRows;
  }

  /**
   * How far a mailing's list of one kind has been read.
   *
   * @param mark the newest time of the last complete reading
   * @param top the newest time of a reading under way
   * @param next where that reading goes on
   */
  record Mailing(
      int number, String id, @Nullable Instant mark, @Nullable Instant top, @Nullable String next) {
    static Mailing of(ResultSet row) throws SQLException {
      return new Mailing(
          row.getInt("mailing_no"),
          row.getString("mailing_id"),
          Query.instant(row, "mark"),
          Query.instant(row, "top"),
          row.getString("next"));
    }
  }

  List<Mailing> mailings(Run run, int campaign, ActivityKind kind) {
    return store.transaction(
        connection ->
            Query.named(connection, "activity/mailings")
                .bind("account", run.account())
                .bind("campaign", campaign)
                .bind("kind", kind.word())
                .list(Mailing::of));
  }

  void note(Run run, int campaign, RemoteCampaign remote) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "activity/note_campaign")
              .bind("account", run.account())
              .bind("campaign", campaign)
              .bind("name", remote.name())
              .bind("mailings", remote.mailings().toArray(String[]::new))
              .update();
        });
  }

  void gone(Run run, int campaign) {
    store.run(
        connection ->
            Query.named(connection, "activity/gone")
                .bind("account", run.account())
                .bind("campaign", campaign)
                .update());
  }

  /**
   * What stood on a page.
   *
   * @param dropped rows from too long ago, and of people who were erased: they count, and are not
   *     kept
   * @param unread rows that make no sense
   */
  record Found(Rows rows, long dropped, List<UnreadRow> unread) {
    static final Found NOTHING =
        new Found(new Rows(List.of(), List.of(), row -> true), 0, List.of());
  }

  /**
   * What became of a page.
   *
   * @param added how many activities were new
   * @param unread how many rows became dead letters
   * @param left how many more are counted than are accounted for
   */
  record Kept(long added, long unread, long left) {}

  /**
   * Keeps a page.
   *
   * @param after where the reading stands then
   */
  Kept keep(Run run, News news, Found found, Mailing after) {
    Rows rows = found.rows();
    months.ensure(rows.times());
    return store.transaction(
        connection -> {
          run.fence(connection);
          long[] added = rows.isEmpty() ? new long[2] : insert(connection, run, news, rows, after);
          long unread = unreadRows.keep(connection, run, news, after, found.unread());
          note(connection, run, news.kind(), after);
          long left =
              Query.named(connection, "activity/note_found")
                  .bind("account", run.account())
                  .bind("campaign", news.campaign())
                  .bind("kind", news.kind().word())
                  .bind("rows", added[0] + unread)
                  .bind("dropped", found.dropped())
                  .bind("contacts", added[1] + found.dropped() + unread)
                  .number();
          return new Kept(added[0], unread, left);
        });
  }

  private static long[] insert(
      Connection connection, Run run, News news, Rows rows, Mailing mailing) throws SQLException {
    Query.named(connection, "activity/page_contacts")
        .bind("account", run.account())
        .bind("contacts", rows.texts(SeenActivity::contactId))
        .bind("addresses", rows.texts(SeenActivity::address))
        .update();
    if (news.kind() == ActivityKind.CLICK) {
      Query.named(connection, "activity/page_links")
          .bind("account", run.account())
          .bind("campaign", news.campaign())
          .bind("links", rows.texts(SeenActivity::linkId))
          .bind("urls", rows.texts(SeenActivity::link))
          .update();
    }
    return Query.named(connection, "activity/page")
        .bind("account", run.account())
        .bind("campaign", news.campaign())
        .bind("mailing", mailing.number())
        .bind("kind", news.kind().word())
        .bind("contacts", rows.texts(SeenActivity::contactId))
        .bind("times", rows.texts(row -> row.at().toString()))
        .bind("links", rows.texts(SeenActivity::linkId))
        .bind("nths", rows.nths())
        .bind("codes", rows.texts(SeenActivity::code))
        .bind("devices", rows.texts(SeenActivity::device))
        .first(row -> new long[] {row.getLong("rows"), row.getLong("contacts")})
        .orElseThrow();
  }

  private static void note(Connection connection, Run run, ActivityKind kind, Mailing mailing)
      throws SQLException {
    Query.named(connection, "activity/note_page")
        .bind("account", run.account())
        .bind("mailing", mailing.number())
        .bind("kind", kind.word())
        .bind("mark", mailing.mark())
        .bind("top", mailing.top())
        .bind("next", mailing.next())
        .update();
  }

  /**
   * Ends the reading of a campaign's list.
   *
   * @param incomplete less was found than is counted
   * @param given what was not found is given up
   */
  void settle(Run run, News news, boolean incomplete, boolean given) {
    store.run(
        connection -> {
          run.fence(connection);
          Query.named(connection, "activity/settle")
              .bind("account", run.account())
              .bind("campaign", news.campaign())
              .bind("kind", news.kind().word())
              .bind("short", incomplete)
              .bind("given", given)
              .update();
        });
  }
}
