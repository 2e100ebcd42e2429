package org.rollcall.console;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.pace.ProviderException;
import org.rollcall.settings.AccountSettings;
import org.rollcall.user.Audit;
import org.rollcall.user.Role;
import org.rollcall.web.Reply;
import org.rollcall.web.Site;
import org.rollcall.web.Visit;
import org.rollcall.web.Words;

/** The provider accounts, and how an administrator connects them in the browser. */
public final class AccountsPage {
  private final Hub hub;
  private final AccountCards cards;
  private final Audit audit;

  AccountsPage(Hub hub, AccountCards cards) {
    this.hub = hub;
    this.cards = cards;
    this.audit = hub.audit();
  }

  /**
   * What the page shows.
   *
   * @param trouble why connecting came to nothing
   */
  public record View(
      List<AccountCards.Card> accounts, @Nullable String troubleOf, @Nullable String trouble) {}

  /**
   * The last page before the provider's.
   *
   * @param to the provider's page
   * @param redirect has to be registered there
   */
  public record Leave(String account, String to, String host, String redirect) {}

  void mount(Site site) {
    site.get("/accounts", Role.VIEWER, visit -> show(200, null, null));
    site.post("/accounts/:name/connect", Role.ADMINISTRATOR, this::connect);
    site.get("/accounts/:name/callback", Role.ADMINISTRATOR, this::comeBack);
  }

  private Reply show(int status, @Nullable String account, @Nullable String trouble) {
    return new Reply.Page(status, "accounts/all", new View(cards.all(), account, trouble));
  }

  private Optional<AccountSettings> account(Visit visit) {
    return Optional.ofNullable(hub.settings().accounts().get(visit.path("name")));
  }

  private static Reply nowhere() {
    return Reply.missing(
        "There is no such account", "Accounts are named in config/application.properties.");
  }

  private Reply connect(Visit visit) {
    Optional<AccountSettings> account = account(visit);
    if (account.isEmpty()) {
      return nowhere();
    }
    String redirect = redirect(visit, account.get());
    URI to = hub.connect().begin(account.get(), session(visit), redirect);
    note(visit, "began to connect an account", account.get());
    return Reply.page(
        "accounts/leave",
        new Leave(account.get().name(), to.toString(), String.valueOf(to.getHost()), redirect));
  }

  /** The form token is as secret as the session and lasts as long. */
  private static String session(Visit visit) {
    return visit.visitor().formToken();
  }

  /** Under the name by which the browser is here, or its session would not come back with it. */
  private String redirect(Visit visit, AccountSettings account) {
    URI known = hub.settings().service().publicUrl();
    String base =
        known != null
            ? known.toString().replaceAll("/+$", "")
            : "http://" + visit.header("Host").orElse("localhost");
    return base + "/accounts/" + Words.inUrl(account.name()) + "/callback";
  }

  private Reply comeBack(Visit visit) {
    Optional<AccountSettings> account = account(visit);
    if (account.isEmpty()) {
      return nowhere();
    }
    String name = account.get().name();
    try {
      Optional<String> organization =
          hub.connect()
              .comeBack(
                  account.get(),
                  session(visit),
                  visit.query("state").orElse(""),
                  visit.query("code").orElse(null));
      note(visit, "connected an account", account.get());
      visit.tell(
          "Account "
              + name
              + " is connected"
              + organization.map(as -> " as " + as).orElse("")
              + ".");
      return Reply.see("/accounts");
    } catch (ProviderException e) {
      return show(422, name, e.getMessage());
    }
  }

  private void note(Visit visit, String what, AccountSettings account) {
    audit.note(Audit.Through.CONSOLE, visit.visitor().name(), what, null, account.name());
  }
}
