package org.rollcall.web;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.user.Role;
import org.rollcall.user.Visitor;

/**
 * What every template knows besides what it shows.
 *
 * @param path of the page, so that the navigation knows where it is
 * @param notice what happened just now, told once
 */
public record Frame(
    @Nullable Visitor visitor, String path, @Nullable String notice, Assets assets) {
  /** The address of a style sheet or script, which changes whenever the file does. */
  public String asset(String name) {
    return assets.path(name);
  }

  public boolean may(Role role) {
    return visitor != null && visitor.role().may(role);
  }

  public boolean mayOperate() {
    return may(Role.OPERATOR);
  }

  public boolean mayAdminister() {
    return may(Role.ADMINISTRATOR);
  }

  /** What a form must bring along, each time another text; empty where nobody has signed in. */
  public String formToken() {
    return Optional.ofNullable(visitor).map(Visitor::formToken).map(FormToken::masked).orElse("");
  }

  /** Whether the page belongs to this part of the navigation. */
  public boolean within(String section) {
    return section.equals("/") ? path.equals("/") : (path + "/").startsWith(section + "/");
  }

  static Map<String, Object> parameters(Frame frame, Object view) {
    return Map.of("frame", frame, "view", view);
  }
}
