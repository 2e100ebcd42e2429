package org.rollcall.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every setting as a value of its type; {@link #check} collects all that stands against it. */
final class CheckedSettings {
  private final GivenSettings given;
  private final Map<String, Object> values = new HashMap<>();

  private CheckedSettings(GivenSettings given) {
    this.given = given;
  }

  static CheckedSettings check(GivenSettings given) {
    CheckedSettings checked = new CheckedSettings(given);
    for (Entry<?> entry : Catalogue.ALL) {
      names(given, entry).forEach(name -> checked.take(entry, name));
    }
    given.names(Catalogue.PROVIDER).forEach(checked::checkReserve);
    given.names(Catalogue.SYNC_ACCOUNT).forEach(checked::checkAccount);
    given.names(Catalogue.SYNC_ACCOUNT).forEach(checked::checkMemberships);
    given.names(Catalogue.SYNC_ACCOUNT).forEach(checked::checkMembers);
    given.names(Catalogue.SYNC_ACCOUNT).forEach(checked::checkSilence);
    given.names(DropCatalogue.SYNC).forEach(checked::checkDrop);
    given.names(DropCatalogue.SYNC).forEach(checked::checkQuote);
    checked.checkMail();
    checked.checkOidc();
    checked.checkLocalSignIn();
    if (!given.problems().isEmpty()) {
      throw new SettingsException(given.problems());
    }
    return checked;
  }

  private static Set<String> names(GivenSettings given, Entry<?> entry) {
    return entry.named() ? given.names(entry) : Set.of("");
  }

  private void take(Entry<?> entry, String name) {
    if (entry.headed()) {
      given.headed(entry, name).forEach(key -> takeKey(entry, key));
      return;
    }
    Object value = given.read(entry, name);
    if (value != null) {
      values.put(entry.key(name), value);
    }
  }

  private void takeKey(Entry<?> entry, String key) {
    Object value = given.readKey(entry, key);
    if (value != null) {
      values.put(key, value);
    }
  }

  /** The values of an entry that can be given several times, by what stands for HEADER. */
  @SuppressWarnings("unchecked") // the entry's own parser made the value
  <T> Map<String, T> headed(Entry<T> entry, String name) {
    Map<String, T> headed = new LinkedHashMap<>();
    for (String key : given.headed(entry, name)) {
      if (values.get(key) != null) {
        headed.put(entry.headerIn(key), (T) values.get(key));
      }
    }
    return headed;
  }

  <T> T value(Entry<T> entry, String name) {
    return requireNonNull(optional(entry, name), entry.pattern());
  }

  @SuppressWarnings("unchecked") // the entry's own parser made the value
  <T> @Nullable T optional(Entry<T> entry, String name) {
    return (T) values.get(entry.key(name));
  }

  private void checkReserve(String account) {
    Integer reserve = optional(Catalogue.OPT_OUT_RESERVE, account);
    Integer quota = optional(Catalogue.REQUESTS_PER_DAY, account);
    if (reserve != null && quota != null && reserve >= quota) {
      blame(
          Catalogue.OPT_OUT_RESERVE,
          account,
          Types.quote(reserve.toString()) + " leaves nothing of the day's " + quota + " requests",
          "use less than " + Catalogue.REQUESTS_PER_DAY.key(account));
    }
  }

  private void checkAccount(String sync) {
    String account = optional(Catalogue.SYNC_ACCOUNT, sync);
    Set<String> accounts = given.names(Catalogue.PROVIDER);
    if (account != null && !accounts.contains(account)) {
      String remedy =
          accounts.isEmpty()
              ? "define it with " + Catalogue.PROVIDER.key(account) + "=constantcontact"
              : "use " + Types.alternatives(List.copyOf(accounts));
      blame(Catalogue.SYNC_ACCOUNT, sync, Types.quote(account) + " is not an account", remedy);
    }
  }

  private void checkMemberships(String sync) {
    Set<String> kinds = optional(Catalogue.SYNC_MEMBERSHIPS, sync);
    Set<String> eligible = optional(Catalogue.SYNC_ELIGIBLE, sync);
    if (kinds != null
        && kinds.size() == 1
        && eligible != null
        && !eligible.contains("membership")) {
      blame(
          Catalogue.SYNC_ELIGIBLE,
          sync,
          "\"membership\" is missing, so that "
              + Catalogue.SYNC_MEMBERSHIPS.key(sync)
              + " decides nothing",
          "add membership, or leave the other setting out");
    }
  }

  private void checkSilence(String sync) {
    List<String> without = optional(Catalogue.SYNC_WITHOUT_SILENT, sync);
    List<String> only = optional(Catalogue.SYNC_ONLY_SILENT, sync);
    if (without != null && only != null) {
      only.stream()
          .filter(without::contains)
          .forEach(
              group ->
                  blame(
                      Catalogue.SYNC_ONLY_SILENT,
                      sync,
                      Types.quote(group)
                          + " stands in "
                          + Catalogue.SYNC_WITHOUT_SILENT.key(sync)
                          + " too, so that nobody would be in the group",
                      "name it in one of them"));
    }
    if (without != null || only != null) {
      checkKept(sync);
    }
  }

  private void checkKept(String sync) {
    String account = optional(Catalogue.SYNC_ACCOUNT, sync);
    if (account == null) {
      return;
    }
    Duration after = optional(Catalogue.SYNC_SILENT_AFTER, sync);
    Duration kept = optional(Catalogue.ACTIVITIES_KEEP, account);
    if (after != null && kept != null && kept.compareTo(after) <= 0) {
      blame(
          Catalogue.SYNC_SILENT_AFTER,
          sync,
          Types.quote(after.toDays() + "d") + " is longer than activities are kept",
          "use less, or a longer " + Catalogue.ACTIVITIES_KEEP.key(account));
    }
  }

  private void checkMembers(String sync) {
    if (optional(Catalogue.SYNC_MEMBERS, sync) == null && dropsOf(sync).isEmpty()) {
      blame(
          Catalogue.SYNC_MEMBERS,
          sync,
          "is missing, and no drop gives the sync its members",
          "write "
              + Catalogue.SYNC_MEMBERS.key(sync)
              + "=direct:... for a route that reads them, or "
              + DropCatalogue.SYNC.key(sync)
              + "="
              + sync
              + " for files");
    }
  }

  private List<String> dropsOf(String sync) {
    return given.names(DropCatalogue.SYNC).stream()
        .filter(drop -> sync.equals(optional(DropCatalogue.SYNC, drop)))
        .toList();
  }

  private void checkDrop(String drop) {
    String sync = optional(DropCatalogue.SYNC, drop);
    Set<String> syncs = given.names(Catalogue.SYNC_ACCOUNT);
    if (sync == null) {
      return;
    }
    if (!syncs.contains(sync)) {
      String remedy =
          syncs.isEmpty()
              ? "define it with " + Catalogue.SYNC_ACCOUNT.key(sync) + "=..."
              : "use " + Types.alternatives(List.copyOf(syncs));
      blame(DropCatalogue.SYNC, drop, Types.quote(sync) + " is not a sync", remedy);
    } else if (optional(Catalogue.SYNC_MEMBERS, sync) != null) {
      blame(
          DropCatalogue.SYNC,
          drop,
          "sync "
              + sync
              + " reads its members by a route, whose next reading would take back what a file"
              + " said",
          "give the files a sync of their own, or take "
              + Catalogue.SYNC_MEMBERS.key(sync)
              + " out");
    }
  }

  /** Texts stand in quotes unless a drop says otherwise. */
  private void checkQuote(String drop) {
    Character delimiter = optional(DropCatalogue.DELIMITER, drop);
    Character given = optional(DropCatalogue.QUOTE, drop);
    char quote = given == null ? '"' : given;
    if (delimiter != null && delimiter == quote) {
      blame(
          DropCatalogue.DELIMITER,
          drop,
          Types.quote(delimiter.toString()) + " stands around texts and cannot separate them, too",
          "use the character between two cells, such as ; or the word tab, or change "
              + DropCatalogue.QUOTE.key(drop));
    }
  }

  private void checkMail() {
    String host = optional(MailCatalogue.HOST, "");
    if (host == null) {
      return;
    }
    checkPresent(MailCatalogue.FROM, "the address that messages come from");
    checkPresent(MailCatalogue.TO, "who gets the messages");
    String username = optional(MailCatalogue.USERNAME, "");
    boolean password = optional(MailCatalogue.PASSWORD, "") != null;
    if (username == null && password) {
      blame(
          MailCatalogue.USERNAME,
          "",
          "is missing, though there is a password",
          "add it, or leave " + MailCatalogue.PASSWORD.key("") + " out");
    }
    if (username != null && !password) {
      blame(
          MailCatalogue.PASSWORD,
          "",
          "is missing, though there is a user name",
          "add it, or leave " + MailCatalogue.USERNAME.key("") + " out");
    }
    if (password
        && optional(MailCatalogue.SECURITY, "") == MailServer.Security.NONE
        && !Types.loopback(host)) {
      blame(
          MailCatalogue.SECURITY,
          "",
          "\"none\" would send the password unencrypted",
          "use starttls or tls (none with a password only works to localhost)");
    }
  }

  /** A value that was refused is no missing one. */
  private void checkPresent(Entry<?> entry, String what) {
    boolean given = this.given.given(entry.key("")).filter(g -> !g.text().isEmpty()).isPresent();
    if (!given) {
      blame(
          entry,
          "",
          "is missing, though " + MailCatalogue.HOST.key("") + " is set",
          "write " + what + ", or leave the host out");
    }
  }

  private void checkOidc() {
    if (optional(Catalogue.OIDC_ISSUER, "") == null) {
      return;
    }
    if (optional(Catalogue.OIDC_CLIENT_ID, "") == null) {
      blame(
          Catalogue.OIDC_CLIENT_ID,
          "",
          "is missing, and the OpenID provider would not know who asks",
          "write what Rollcall is called at the provider");
    }
    if (optional(Catalogue.OIDC_ADMINISTRATORS, "") == null
        && optional(Catalogue.OIDC_OPERATORS, "") == null
        && optional(Catalogue.OIDC_VIEWERS, "") == null) {
      blame(
          Catalogue.OIDC_ADMINISTRATORS,
          "",
          "is missing, as are operators and viewers, so that nobody could sign in",
          "say which values of the roles claim make which role");
    }
  }

  private void checkLocalSignIn() {
    if (Boolean.FALSE.equals(optional(Catalogue.LOCAL_SIGN_IN, ""))
        && optional(Catalogue.OIDC_ISSUER, "") == null) {
      blame(
          Catalogue.LOCAL_SIGN_IN,
          "",
          "is false, and no OpenID provider is set, so that nobody could sign in",
          "leave it out, or set " + Catalogue.OIDC_ISSUER.key(""));
    }
  }

  private void blame(Entry<?> entry, String name, String what, String remedy) {
    String key = entry.key(name);
    Given place = given.given(key).orElse(new Given("", SettingsFile.NAME, 0));
    given.problems().add(place.problem(key, what, remedy));
  }
}
