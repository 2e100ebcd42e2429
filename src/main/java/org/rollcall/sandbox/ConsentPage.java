package org.rollcall.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person sees when an application asks for access. */
final class ConsentPage {
  private static final String BUTTONS =
      """
      <p><button class="main" name="decision" value="approve">Allow</button>
      <button name="decision" value="deny">Deny</button></p>
      """;

  private ConsentPage() {}

  static String code(Map<String, String> asked) {
    return Html.page(
        "Allow access?",
        "<h1>Allow access?</h1><p>The application <b>"
            + Html.text(asked.get("client_id"))
            + "</b> asks for: <code>"
            + Html.text(asked.get("scope"))
            + "</code></p><p class=\"soft\">This is the Rollcall sandbox, a stand-in for the real"
            + " provider. No real account is touched.</p><form method=\"post\" action=\""
            + OAuth.BASE
            + "/authorize\">"
            + Html.hidden(asked)
            + BUTTONS
            + "</form>");
  }

  static String device(@Nullable String userCode) {
    return Html.page(
        "Connect a device",
        "<h1>Connect a device</h1><p>Enter the code that the other program shows.</p>"
            + "<form method=\"post\" action=\""
            + OAuth.BASE
            + "/activate\"><p><input name=\"user_code\" aria-label=\"Code\" value=\""
            + Html.text(userCode)
            + "\"></p>"
            + BUTTONS
            + "</form>");
  }

  static String done(boolean approved) {
    return Html.page(
        "Done",
        "<h1>"
            + (approved ? "Access allowed" : "Access denied")
            + "</h1><p>You can close this window and return to the other program.</p>");
  }

  static String error(String message) {
    return Html.page("Not possible", "<h1>Not possible</h1><p>" + Html.text(message) + "</p>");
  }
}
