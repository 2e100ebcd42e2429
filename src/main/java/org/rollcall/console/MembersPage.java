package org.rollcall.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.directory.Directory;
import org.rollcall.hub.Hub;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;

/** Finds members. What is typed is personal, and so it never stands in an address. */
public final class MembersPage {
  private static final int PAGE = 50;

  private final Hub hub;

  MembersPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * What the page shows.
   *
   * @param sync where was looked, empty for everywhere
   * @param hits absent before the first search
   * @param further whether this is not the first page
   */
  public record View(
      List<String> syncs,
      String text,
      String sync,
      Directory.@Nullable Hits hits,
      boolean further) {}

  void mount(Site site) {
    site.get("/members", Role.VIEWER, visit -> Reply.page("members/all", view("", "", null, null)));
    site.post("/members", Role.VIEWER, this::find);
  }

  private Reply find(Visit visit) {
    String text = visit.form("text").orElse("");
    String sync = visit.form("sync").filter(hub.settings().syncs()::containsKey).orElse("");
    Optional<String> from = visit.form("from");
    Directory.Hits hits =
        hub.directory().find(text, sync.isEmpty() ? null : sync, from.orElse(null), PAGE);
    return Reply.page("members/all", view(text, sync, hits, from.orElse(null)));
  }

  private View view(
      String text, String sync, Directory.@Nullable Hits hits, @Nullable String from) {
    return new View(List.copyOf(hub.settings().syncs().keySet()), text, sync, hits, from != null);
  }
}
