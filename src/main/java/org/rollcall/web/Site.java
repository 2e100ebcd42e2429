package org.rollcall.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Role;

/** Every page and action there is, each with the role it needs: the one place that says so. */
public final class Site {
  private final List<Entry> entries = new ArrayList<>();

  /** How somebody proves who they are. */
  public enum Door {
    /** A person, by the session in a cookie. */
    SESSION,
    /** A machine, by a token in a header and by nothing else. */
    BEARER
  }

  /**
   * One page or action.
   *
   * @param path with parts such as {@code :sync}
   * @param role whoever has less is turned away; empty for everybody
   * @param types what it can answer with; the first is the usual one
   */
  public record Entry(
      String method,
      String path,
      @Nullable Role role,
      Handler handler,
      Door door,
      List<String> types) {}

  private void page(String method, String path, @Nullable Role role, Handler handler) {
    entries.add(new Entry(method, path, role, handler, Door.SESSION, List.of("text/html")));
  }

  /** A page that only shows. */
  public void get(String path, Role role, Handler handler) {
    page("GET", path, role, handler);
  }

  /** A form. It is refused without the token of the person's own session. */
  public void post(String path, Role role, Handler handler) {
    page("POST", path, role, handler);
  }

  /** A page that nobody needs to sign in for. */
  public void open(String path, Handler handler) {
    page("GET", path, null, handler);
  }

  /** A form that nobody needs to sign in for. */
  public void openPost(String path, Handler handler) {
    page("POST", path, null, handler);
  }

  /**
   * Something that machines ask for.
   *
   * @param role of the token; absent for everybody, without a token
   * @param types what it can answer with; the first is the usual one
   */
  public void ask(String path, @Nullable Role role, Handler handler, String... types) {
    entries.add(new Entry("GET", path, role, handler, Door.BEARER, List.of(types)));
  }

  /** Something that machines have done; with a JSON object, or nothing, in the body. */
  public void act(String path, Role role, Handler handler) {
    entries.add(new Entry("POST", path, role, handler, Door.BEARER, List.of("application/json")));
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
