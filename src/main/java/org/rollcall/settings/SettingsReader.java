package org.rollcall.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.Declared;
import org.rollcall.file.Limits;

/** Reads the settings of a home: the file, then the environment, then {@code --set}. */
public final class SettingsReader {
  private final GivenSettings given;
  private final CheckedSettings checked;

  private SettingsReader(GivenSettings given) {
    this.given = given;
    this.checked = CheckedSettings.check(given);
  }

  /**
   * A missing file means that nothing is set.
   *
   * @param environment such as {@code System.getenv()}
   * @param sets the {@code --set} options, which win
   * @throws SettingsException with every problem, not only the first
   */
  public static Settings read(Path home, Map<String, String> environment, Map<String, String> sets)
      throws SettingsException {
    Path absolute = home.toAbsolutePath().normalize();
    return new SettingsReader(new GivenSettings(absolute, environment, sets)).settings(absolute);
  }

  private Settings settings(Path home) {
    Map<String, String> placeholders = new TreeMap<>(given.readable());
    placeholders.put("rollcall.home", home.toString());
    return new Settings(
        home,
        database(),
        service(),
        mail(),
        monitoring(),
        optional(Catalogue.SECRET_KEY, ""),
        each(Catalogue.PROVIDER, this::account),
        each(Catalogue.SOURCE_URL, this::source),
        each(Catalogue.SYNC_ACCOUNT, this::sync),
        each(DropCatalogue.SYNC, name -> drop(home, name)),
        Collections.unmodifiableMap(placeholders),
        List.copyOf(given.warnings()));
  }

  private <T> Map<String, T> each(Entry<?> section, Function<String, T> build) {
    Map<String, T> built = new TreeMap<>();
    given.names(section).forEach(name -> built.put(name, build.apply(name)));
    return Collections.unmodifiableMap(built);
  }

  private DatabaseSettings database() {
    return new DatabaseSettings(
        optional(Catalogue.DATABASE_URL, ""),
        optional(Catalogue.DATABASE_USERNAME, ""),
        optional(Catalogue.DATABASE_PASSWORD, ""));
  }

  private IdentitySettings identity(String name) {
    return new IdentitySettings(
        value(Catalogue.SYNC_ADDRESS_CONFLICTS, name),
        optional(Catalogue.SYNC_ADDRESS_CHANGES, name),
        value(Catalogue.SYNC_MAX_ADDRESS_CHANGES, name),
        value(Catalogue.SYNC_GRACE, name),
        value(Catalogue.SYNC_RECONCILE, name));
  }

  private ServiceSettings service() {
    return new ServiceSettings(
        value(Catalogue.SERVICE_HOST, ""),
        value(Catalogue.SERVICE_PORT, ""),
        value(Catalogue.SERVICE_LOG_FORMAT, ""),
        optional(Catalogue.SERVICE_PUBLIC_URL, ""),
        value(Catalogue.SERVICE_IDLE, ""),
        value(Catalogue.SERVICE_LONGEST_SESSION, ""),
        oidc(),
        value(Catalogue.LOCAL_SIGN_IN, ""));
  }

  private @Nullable OidcSettings oidc() {
    URI issuer = optional(Catalogue.OIDC_ISSUER, "");
    return issuer == null
        ? null
        : new OidcSettings(
            issuer,
            value(Catalogue.OIDC_CLIENT_ID, ""),
            optional(Catalogue.OIDC_CLIENT_SECRET, ""),
            value(Catalogue.OIDC_SCOPES, ""),
            value(Catalogue.OIDC_NAME_CLAIM, ""),
            value(Catalogue.OIDC_ROLES_CLAIM, ""),
            words(Catalogue.OIDC_ADMINISTRATORS),
            words(Catalogue.OIDC_OPERATORS),
            words(Catalogue.OIDC_VIEWERS));
  }

  private List<String> words(Entry<List<String>> entry) {
    return Objects.requireNonNullElse(optional(entry, ""), List.of());
  }

  private @Nullable MailSettings mail() {
    String host = optional(MailCatalogue.HOST, "");
    if (host == null) {
      return null;
    }
    MailServer.Security security = value(MailCatalogue.SECURITY, "");
    Integer port = optional(MailCatalogue.PORT, "");
    String digest = value(MailCatalogue.DIGEST, "");
    ZoneId zone = optional(MailCatalogue.TIME_ZONE, "");
    return new MailSettings(
        new MailServer(
            host,
            port == null ? security.usualPort() : port,
            security,
            optional(MailCatalogue.USERNAME, ""),
            optional(MailCatalogue.PASSWORD, ""),
            value(MailCatalogue.TIMEOUT, "")),
        value(MailCatalogue.FROM, ""),
        value(MailCatalogue.TO, ""),
        digest.equals(MailTypes.NEVER) ? null : digest,
        zone == null ? ZoneId.systemDefault() : zone,
        value(MailCatalogue.STALE_AFTER, ""),
        value(MailCatalogue.QUOTA_ALERT, ""),
        value(MailCatalogue.GIVE_UP_AFTER, ""),
        optional(Catalogue.SERVICE_PUBLIC_URL, ""));
  }

  private MonitoringSettings monitoring() {
    return new MonitoringSettings(
        value(Catalogue.SERVICE_HAWTIO, ""),
        optional(Catalogue.MONITORING_TOKEN, ""),
        value(Catalogue.MONITORING_GROUPS, ""),
        optional(Catalogue.MONITORING_OTLP, ""));
  }

  private AccountSettings account(String name) {
    return new AccountSettings(
        name,
        value(Catalogue.PROVIDER, name),
        value(Catalogue.API_URL, name),
        value(Catalogue.AUTH_URL, name),
        value(Catalogue.CLIENT_ID, name),
        optional(Catalogue.CLIENT_SECRET, name),
        optional(Catalogue.REFRESH_TOKEN, name),
        value(Catalogue.POLL_INTERVAL, name),
        value(Catalogue.JOB_DEADLINE, name),
        value(Catalogue.SETTLE_PATIENCE, name),
        value(Catalogue.REQUESTS_PER_SECOND, name),
        value(Catalogue.REQUESTS_PER_DAY, name),
        value(Catalogue.OPT_OUT_RESERVE, name),
        new ReadingSettings(
            value(Catalogue.ACTIVITIES_SHARE, name),
            value(Catalogue.ACTIVITIES_OVERLAP, name),
            value(Catalogue.ACTIVITIES_KEEP, name)));
  }

  private SourceSettings source(String name) {
    return new SourceSettings(
        name,
        value(Catalogue.SOURCE_URL, name),
        optional(Catalogue.SOURCE_USERNAME, name),
        optional(Catalogue.SOURCE_PASSWORD, name));
  }

  private SyncSettings sync(String name) {
    ZoneId zone = optional(Catalogue.SYNC_TIME_ZONE, name);
    return new SyncSettings(
        name,
        value(Catalogue.SYNC_ACCOUNT, name),
        optional(Catalogue.SYNC_MEMBERS, name),
        optional(Catalogue.SYNC_OPT_OUTS, name),
        value(Catalogue.SYNC_GROUPS, name),
        value(Catalogue.SYNC_MEMBERSHIPS, name),
        value(Catalogue.SYNC_LIST_NAME, name),
        value(Catalogue.SYNC_MODE, name),
        value(Catalogue.SYNC_MAX_REMOVALS, name),
        value(Catalogue.SYNC_SECOND_PERSON, name),
        identity(name),
        optional(Catalogue.SYNC_SCHEDULE, name),
        zone == null ? ZoneId.systemDefault() : zone,
        optional(Catalogue.SYNC_WINDOW, name),
        rules(name),
        new ActivitySettings(
            optional(Catalogue.SYNC_ACTIVITIES_SCHEDULE, name),
            optional(Catalogue.SYNC_INTERACTIONS, name)));
  }

  private DropSettings drop(Path home, String name) {
    String folder = optional(DropCatalogue.FOLDER, name);
    return new DropSettings(
        name,
        value(DropCatalogue.SYNC, name),
        home.resolve(folder == null ? "drops/" + name : folder).normalize(),
        value(DropCatalogue.CONTENT, name),
        new DropSettings.Arrival(
            value(DropCatalogue.READY, name),
            value(DropCatalogue.SETTLE, name),
            value(DropCatalogue.LOOK_EVERY, name)),
        declared(name),
        Limits.DEFAULT,
        checked.headed(DropCatalogue.COLUMN, name),
        value(DropCatalogue.OTHER_COLUMNS, name),
        value(DropCatalogue.KEY, name),
        optional(DropCatalogue.DATES, name),
        optional(DropCatalogue.KEY_PATTERN, name),
        new DropSettings.Wholeness(
            value(DropCatalogue.MIN_ROWS, name),
            value(DropCatalogue.MAX_REFUSED, name),
            optional(DropCatalogue.TRAILER, name),
            value(DropCatalogue.AS_OF, name)),
        value(DropCatalogue.KEEP, name));
  }

  private Declared declared(String drop) {
    return new Declared(
        Optional.ofNullable(optional(DropCatalogue.FORMAT, drop)),
        Optional.ofNullable(optional(DropCatalogue.CHARSET, drop)),
        Optional.ofNullable(optional(DropCatalogue.DELIMITER, drop)),
        Optional.ofNullable(optional(DropCatalogue.QUOTE, drop)),
        Optional.ofNullable(optional(DropCatalogue.SHEET, drop)));
  }

  private Rules rules(String sync) {
    return new Rules(
        value(Catalogue.SYNC_WINNER_ORDER, sync),
        value(Catalogue.SYNC_WINNER_ROLES, sync),
        value(Catalogue.SYNC_ELIGIBLE, sync),
        value(Catalogue.SYNC_SHARED_NAME, sync),
        value(Catalogue.SYNC_NAMED_PEOPLE, sync),
        new Silence(
            value(Catalogue.SYNC_SILENT_AFTER, sync),
            groups(Catalogue.SYNC_WITHOUT_SILENT, sync),
            groups(Catalogue.SYNC_ONLY_SILENT, sync)));
  }

  private List<String> groups(Entry<List<String>> entry, String sync) {
    List<String> patterns = optional(entry, sync);
    return patterns == null ? List.of() : patterns;
  }

  private <T> T value(Entry<T> entry, String name) {
    return checked.value(entry, name);
  }

  private <T> @Nullable T optional(Entry<T> entry, String name) {
    return checked.optional(entry, name);
  }
}
