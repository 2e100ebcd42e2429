package org.rollcall.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pages of campaigns and reports, whose last page ends in one of several ways. */
final class CampaignsPage {
  private final Call call;
  private final Cursor cursor;
  private final int limit;

  private CampaignsPage(Call call, Cursor cursor, int limit) {
    this.call = call;
    this.cursor = cursor;
    this.limit = limit;
  }

  /** Reads which page is asked for; a cursor carries the first query with it. */
  static CampaignsPage of(Call call, int preset, int maximum, boolean clip) {
    String text = call.parameter("cursor");
    Cursor cursor = text == null ? Cursor.first(call.query) : Cursor.parse(text);
    Call first = new Call("GET", call.path, null, call.headers, call.body);
    first.query.putAll(cursor.query());
    return new CampaignsPage(first, cursor, first.limit(preset, maximum, clip));
  }

  /** The call as it was for the first page. */
  Call call() {
    return call;
  }

  int limit() {
    return limit;
  }

  /** 0 on the first page, else where {@link #write} said that this page begins. */
  int next() {
    return cursor.next();
  }

  /**
   * Writes one page of rows of which so many are left at the position.
   *
   * @param next where the page after this one begins, absent on the last
   */
  ObjectNode write(String property, Consumer<ArrayNode> rows, @Nullable Integer next) {
    ObjectNode page = Json.object();
    rows.accept(page.putArray(property));
    if (next != null) {
      page.putObject("_links").putObject("next").put("href", cursor.link(call.path, next, -1));
    } else {
      last(page);
    }
    return page;
  }

  /** Nothing more follows: no link at all, a null in its place, or a null inside. */
  private void last(ObjectNode page) {
    switch (Math.floorMod(call.path.hashCode(), 4)) {
      case 0 -> page.putNull("_links");
      case 1 -> page.putObject("_links").putNull("next");
      case 2 -> page.putObject("_links").putObject("next").putNull("href");
      default -> {
        return;
      }
    }
  }
}
