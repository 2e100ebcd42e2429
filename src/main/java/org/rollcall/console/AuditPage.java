package org.rollcall.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Who did what. */
public final class AuditPage {
  private static final int PAGE = 100;

  private final Hub hub;

  AuditPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * What the page shows.
   *
   * @param next the path of older entries, absent at the end
   */
  public record View(
      List<String> syncs,
      String sync,
      String who,
      List<Audit.Entry> entries,
      @Nullable String next) {}

  void mount(Site site) {
    site.get("/audit", Role.OPERATOR, this::show);
  }

  private Reply show(Visit visit) {
    String sync = visit.query("sync").orElse("");
    String who = visit.query("who").map(String::strip).orElse("").replace("\0", "");
    Audit.Filter filter =
        new Audit.Filter(sync.isEmpty() ? null : sync, who.isEmpty() ? null : who);
    List<Audit.Entry> found =
        hub.audit()
            .entries(filter, RunsPage.number(visit.query("before"), Long.MAX_VALUE), PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Audit.Entry> shown = new ArrayList<>(more ? found.subList(0, PAGE) : found);
    return Reply.page(
        "audit/all",
        new View(
            List.copyOf(hub.settings().syncs().keySet()),
            sync,
            who,
            shown,
            more
                ? Words.query(
                    "/audit",
                    "sync",
                    sync,
                    "who",
                    who,
                    "before",
                    Long.toString(shown.get(PAGE - 1).id()))
                : null));
  }
}
