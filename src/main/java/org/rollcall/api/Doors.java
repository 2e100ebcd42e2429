package org.rollcall.api;

import java.util.Set;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;

/** Puts operations on the site, each with what it may be asked. */
final class Doors {
  static final String ROOT = "/api/v1";
  private static final String JSON = "application/json";
  private final Site site;

  Doors(Site site) {
    this.site = site;
  }

  /** Answers a request, or refuses it with a {@link Wrong}. */
  interface Work {
    Reply answer(Request request);
  }

  /** One object, or a page. */
  void ask(String path, Role role, Set<String> queries, Work work) {
    site.ask(
        ROOT + path, role, visit -> kept(() -> work.answer(Request.reading(visit, queries))), JSON);
  }

  /** A page, or all of it as NDJSON. */
  void list(String path, Role role, Set<String> queries, Work work) {
    site.ask(
        ROOT + path,
        role,
        visit -> kept(() -> work.answer(Request.reading(visit, queries))),
        JSON,
        Request.NDJSON);
  }

  void act(String path, Role role, Set<String> fields, Work work) {
    site.act(ROOT + path, role, visit -> kept(() -> work.answer(Request.acting(visit, fields))));
  }

  interface Answer {
    Reply give();
  }

  static Reply kept(Answer answer) {
    try {
      return answer.give();
    } catch (Wrong wrong) {
      return wrong.refusal();
    }
  }
}
