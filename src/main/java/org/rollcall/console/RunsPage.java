package org.rollcall.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.run.RunState;
import org.rollcall.run.Runs;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** What ran. */
public final class RunsPage {
  private static final int PAGE = 50;

  private final Hub hub;

  RunsPage(Hub hub) {
    this.hub = hub;
  }

  /**
   * What the page shows.
   *
   * @param sync only its runs; empty for all
   * @param state only runs in this state; empty for all
   * @param next the path of older runs, absent at the end
   * @param live whether the page asks again by itself
   */
  public record View(
      List<String> syncs,
      String sync,
      String state,
      List<Runs.Record> runs,
      @Nullable String next,
      boolean live) {
    public List<RunState> states() {
      return List.of(RunState.values());
    }

    /** The path of the first page with this filter. */
    public String path(String sync, String state) {
      return RunsPage.path(sync, state, "");
    }
  }

  void mount(Site site) {
    site.get("/runs", Role.VIEWER, this::show);
  }

  private Reply show(Visit visit) {
    String sync = visit.query("sync").orElse("");
    Optional<RunState> state =
        visit
            .query("state")
            .flatMap(
                word ->
                    Arrays.stream(RunState.values())
                        .filter(one -> one.word().equals(word))
                        .findFirst());
    long before = number(visit.query("before"), Long.MAX_VALUE);
    Runs.Filter filter = new Runs.Filter(sync.isEmpty() ? null : sync, state.orElse(null));
    List<Runs.Record> found = new ArrayList<>(hub.runs().page(filter, before, PAGE + 1));
    boolean more = found.size() > PAGE;
    List<Runs.Record> shown = more ? found.subList(0, PAGE) : found;
    String word = state.map(RunState::word).orElse("");
    boolean live =
        before == Long.MAX_VALUE
            && (visit.query("soon").isPresent()
                || shown.stream().anyMatch(run -> run.state() == RunState.RUNNING));
    return Reply.page(
        "runs/all",
        new View(
            List.copyOf(hub.settings().syncs().keySet()),
            sync,
            word,
            shown,
            more ? path(sync, word, Long.toString(shown.get(PAGE - 1).id())) : null,
            live));
  }

  private static String path(String sync, String state, String before) {
    return Words.query("/runs", "sync", sync, "state", state, "before", before);
  }

  /** A number that somebody may have typed into the address. */
  static long number(Optional<String> text, long otherwise) {
    return text.filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }
}
