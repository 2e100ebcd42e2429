package org.rollcall.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Role;

/** Every page and action there is, each with the role it needs: the one place that says so. */
public final class Site {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One page or action.
   *
   * @param path with parts such as {@code :sync}
   * @param role whoever has less is turned away; empty for everybody
   */
  public record Entry(String method, String path, @Nullable Role role, Handler handler) {}

  /** A page that only shows. */
  public void get(String path, Role role, Handler handler) {
    entries.add(new Entry("GET", path, role, handler));
  }

  /** A form. It is refused without the token of the person's own session. */
  public void post(String path, Role role, Handler handler) {
    entries.add(new Entry("POST", path, role, handler));
  }

  /** A page that nobody needs to sign in for. */
  public void open(String path, Handler handler) {
    entries.add(new Entry("GET", path, null, handler));
  }

  /** A form that nobody needs to sign in for. */
  public void openPost(String path, Handler handler) {
    entries.add(new Entry("POST", path, null, handler));
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}
