package org.rollcall.console;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.erasure.Dossier;
import org.rollcall.erasure.DossierFile;
import org.rollcall.erasure.Forgetting;
import org.rollcall.erasure.Unclear;
import org.rollcall.hub.ErasureText;
import org.rollcall.hub.Hub;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** Erases one person in two steps: what is held is exported first, then the key is typed. */
public final class ForgetPage {
  private static final String EXPORTED = "exported what is held about a member";
  private static final Duration FRESH = Duration.ofHours(1);

  private final Hub hub;
  private final Forgetting forgetting;
  private final ErasureText text;

  ForgetPage(Hub hub) {
    this.hub = hub;
    this.forgetting = hub.forgetting();
    this.text = new ErasureText(hub);
  }

  /**
   * What the page shows.
   *
   * @param exported this person has taken the export lately
   */
  public record View(String sync, String key, boolean exported, @Nullable String trouble) {
    public String path() {
      return Words.path("members", sync, key);
    }
  }

  /**
   * What comes after the page, for every table is looked through.
   *
   * @param lines what is held, and what erasing does not reach
   */
  public record Held(String sync, String key, List<String> lines) {
    public String path() {
      return Words.path("members", sync, key);
    }
  }

  void mount(Site site) {
    site.get("/members/:sync/:key/forget", Role.ADMINISTRATOR, visit -> show(visit, 200, null));
    site.get("/members/:sync/:key/forget/held", Role.ADMINISTRATOR, this::held);
    site.post("/members/:sync/:key/forget/export", Role.ADMINISTRATOR, this::export);
    site.post("/members/:sync/:key/forget", Role.ADMINISTRATOR, this::forget);
  }

  private Reply show(Visit visit, int status, @Nullable String trouble) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    return hub.directory().profile(sync, key).isEmpty()
        ? MemberPage.unknown()
        : new Reply.Page(status, "members/forget", new View(sync, key, exported(visit), trouble));
  }

  private Reply held(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    if (hub.directory().profile(sync, key).isEmpty()) {
      return MemberPage.unknown();
    }
    return Reply.page(
        visit.partial() ? "members/held" : "members/holding",
        new Held(sync, key, linesAbout(sync, key)));
  }

  private List<String> linesAbout(String sync, String key) {
    try {
      Dossier held = forgetting.look(key, sync);
      return text.lines(held);
    } catch (Unclear e) {
      return List.of("It is not clear who is meant: " + e.getMessage() + ".");
    }
  }

  private boolean exported(Visit visit) {
    return hub.audit()
        .has(
            visit.visitor().name(),
            EXPORTED,
            visit.path("sync"),
            visit.path("key"),
            Instant.now().minus(FRESH));
  }

  private Reply export(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    if (hub.directory().profile(sync, key).isEmpty()) {
      return MemberPage.unknown();
    }
    try {
      String document = text.json(forgetting.look(key, sync), false);
      hub.audit().note(Audit.Through.CONSOLE, visit.visitor().name(), EXPORTED, sync, key);
      return new Reply.Download(
          "application/json; charset=utf-8",
          "held-data.json",
          out -> out.write(document.getBytes(StandardCharsets.UTF_8)));
    } catch (Unclear e) {
      return Reply.wrong("It is not clear who is meant", e.getMessage() + ".");
    }
  }

  private Reply forget(Visit visit) {
    String sync = visit.path("sync");
    String key = visit.path("key");
    if (!exported(visit)) {
      return show(visit, 422, "Nothing was erased: download the export first.");
    }
    if (!key.equals(visit.form("key").map(String::strip).orElse(""))) {
      return show(visit, 422, "Nothing was erased: what you typed is not this member's key.");
    }
    String by = visit.visitor().name();
    AtomicReference<@Nullable Path> file = new AtomicReference<>();
    try {
      forgetting.forget(
          key,
          sync,
          by,
          dossier ->
              file.set(
                  DossierFile.write(
                      hub.settings().home(), Instant.now(), text.json(dossier, true))));
    } catch (Unclear | IllegalStateException e) {
      return show(visit, 422, e.getMessage() + ".");
    }
    hub.audit().note(Audit.Through.CONSOLE, by, "erased a member", sync, null);
    visit.tell(
        "The member was erased; a later import does not bring them back. A last export lies in the"
            + " hub's home as %s: hand it over or delete it."
                .formatted(file.get() == null ? "" : file.get().getFileName()));
    return Reply.see("/members");
  }
}
