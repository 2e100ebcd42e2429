package org.rollcall.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rollcall.hub.Hub;
import org.rollcall.settings.SyncSettings;
import org.rollcall.web.Reply;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** The syncs a page can be about, each under the page's own path. */
public record SyncChoice(String section, String chosen, List<String> names) {
  /** Where the page of another sync is. */
  public String path(String name) {
    return section + "/" + Words.inUrl(name);
  }

  /** Of the sync in the path; empty when there is none of this name. */
  static Optional<SyncChoice> of(Hub hub, Visit visit, String section) {
    Map<String, SyncSettings> all = hub.settings().syncs();
    String name = visit.path("sync");
    return all.containsKey(name)
        ? Optional.of(new SyncChoice(section, name, List.copyOf(all.keySet())))
        : Optional.empty();
  }

  /** To the first sync, from a path that names none. */
  static Reply first(Hub hub, String section) {
    return hub.settings().syncs().keySet().stream()
        .findFirst()
        .map(name -> Reply.see(section + "/" + Words.inUrl(name)))
        .orElseGet(() -> GroupsPage.noSync(true));
  }
}
