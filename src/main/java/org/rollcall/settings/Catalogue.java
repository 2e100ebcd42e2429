package org.rollcall.settings;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every key under {@code rollcall.}; the documentation and the sample file come from here. */
final class Catalogue {
  static final String CC_API = "https://api.cc.email/v3";
  static final String CC_AUTH = "https://authz.constantcontact.com/oauth2/default/v1";

  static final Entry<String> DATABASE_URL =
      optional(
          "rollcall.database.url",
          Types.POSTGRESQL_URL,
          "jdbc:postgresql://localhost:5432/rollcall",
          "The hub's own state. Without it an embedded PostgreSQL under data/ is used.");
  static final Entry<String> DATABASE_USERNAME =
      optional(
          "rollcall.database.username",
          Types.TEXT,
          "rollcall",
          "Who the hub is at its own database.");
  static final Entry<Secret> DATABASE_PASSWORD =
      secret("rollcall.database.password", "The password that goes with it.");
  static final Entry<Secret> SECRET_KEY =
      new Entry<>(
          "rollcall.secret-key",
          Types.SECRET_KEY,
          null,
          false,
          true,
          "{{env:ROLLCALL_KEY}}",
          "Encrypts tokens at rest. Generated into data/ on first start when absent, with a"
              + " warning.");

  static final Entry<String> SERVICE_HOST =
      withDefault(
          "rollcall.service.host",
          Types.TEXT,
          "127.0.0.1",
          "The address on which the service answers health and console requests.");
  static final Entry<Integer> SERVICE_PORT =
      withDefault(
          "rollcall.service.port",
          Types.integer("", 0, 65535),
          "8077",
          "The port that goes with it; 0 takes a free one.");
  static final Entry<LogFormat> SERVICE_LOG_FORMAT =
      withDefault(
          "rollcall.service.log-format",
          Types.LOG_FORMAT,
          "text",
          "How the log is written to stderr: lines for people, or one JSON object a line.");
  static final Entry<URI> SERVICE_PUBLIC_URL =
      optional(
          "rollcall.service.public-url",
          Types.LINK,
          "https://rollcall.example.org",
          "How browsers reach the console, such as through a proxy that speaks https. Messages link"
              + " to it.");
  static final Entry<Duration> SERVICE_IDLE =
      withDefault(
          "rollcall.service.idle",
          Types.duration("1m", "1d"),
          "1h",
          "After so long without a request people have to sign in again.");
  static final Entry<Duration> SERVICE_LONGEST_SESSION =
      withDefault(
          "rollcall.service.longest-session",
          Types.duration("1m", "30d"),
          "12h",
          "And after so long in any case.");
  static final Entry<Boolean> SERVICE_HAWTIO =
      withDefault(
          "rollcall.service.hawtio",
          Types.BOOLEAN,
          "false",
          "Whether administrators find Hawtio under /hawtio/, with the routes in it.");

  static final Entry<Secret> MONITORING_TOKEN =
      secret(
          "rollcall.monitoring.token",
          "Who shows it may read /metrics from other machines, and ask /hawtio/jolokia on this one.");
  static final Entry<Boolean> MONITORING_GROUPS =
      withDefault(
          "rollcall.monitoring.groups",
          Types.BOOLEAN,
          "false",
          "Whether metrics count the members of each group, up to 500 groups a sync. Group names then"
              + " stand in the metrics.");
  static final Entry<URI> MONITORING_OTLP =
      optional(
          "rollcall.monitoring.otlp-endpoint",
          Types.URL,
          "http://127.0.0.1:4318",
          "Where traces of runs and routes go, by OpenTelemetry's OTLP over HTTP.");

  static final Entry<Boolean> LOCAL_SIGN_IN =
      withDefault(
          "rollcall.service.local-sign-in",
          Types.BOOLEAN,
          "true",
          "Whether people may sign in with a password of Rollcall's own.");
  static final Entry<URI> OIDC_ISSUER =
      optional(
          "rollcall.oidc.issuer",
          Types.ISSUER,
          "https://login.example.org/realms/staff",
          "The OpenID provider that vouches for people, exactly as it names itself. Without it"
              + " there is none.");
  static final Entry<String> OIDC_CLIENT_ID =
      optional(
          "rollcall.oidc.client-id",
          Types.TEXT,
          "rollcall",
          "What Rollcall is called at the provider. The address to come back to is"
              + " PUBLIC-URL/sign-in/provider/done.");
  static final Entry<Secret> OIDC_CLIENT_SECRET =
      secret(
          "rollcall.oidc.client-secret", "The secret that goes with it. A public client has none.");
  static final Entry<List<String>> OIDC_SCOPES =
      withDefault(
          "rollcall.oidc.scopes",
          Types.WORDS,
          "openid,profile",
          "What is asked for. openid is always among it.");
  static final Entry<String> OIDC_NAME_CLAIM =
      withDefault(
          "rollcall.oidc.name-claim",
          Types.TEXT,
          "preferred_username",
          "Where the ID token has the person's name, for pages and the audit. People are known"
              + " again by issuer and subject only.");
  static final Entry<String> OIDC_ROLES_CLAIM =
      withDefault(
          "rollcall.oidc.roles-claim",
          Types.TEXT,
          "roles",
          "Where the ID token has the person's roles or groups; a dot goes deeper, such as"
              + " realm_access.roles.");
  static final Entry<List<String>> OIDC_ADMINISTRATORS =
      optional(
          "rollcall.oidc.administrators",
          Types.WORDS,
          "rollcall-admins",
          "Which of these make an administrator. People with none of the mapped ones stay out.");
  static final Entry<List<String>> OIDC_OPERATORS =
      optional(
          "rollcall.oidc.operators",
          Types.WORDS,
          "membership-staff",
          "Which of these make an operator.");
  static final Entry<List<String>> OIDC_VIEWERS =
      optional("rollcall.oidc.viewers", Types.WORDS, "staff", "Which of these make a viewer.");

  static final Entry<String> PROVIDER =
      required(
          "rollcall.accounts.NAME.provider",
          Types.PROVIDER,
          "constantcontact",
          "Which provider the account belongs to.");
  static final Entry<URI> API_URL =
      withDefault(
          "rollcall.accounts.NAME.api-url", Types.URL, CC_API, "Where the provider's API answers.");
  static final Entry<URI> AUTH_URL =
      withDefault(
          "rollcall.accounts.NAME.auth-url",
          Types.URL,
          CC_AUTH,
          "Where the provider's OAuth server answers.");
  static final Entry<String> CLIENT_ID =
      required(
          "rollcall.accounts.NAME.client-id",
          Types.TEXT,
          "YOUR-CLIENT-ID",
          "The application's key, from the provider's developer portal.");
  static final Entry<Secret> CLIENT_SECRET =
      secret(
          "rollcall.accounts.NAME.client-secret",
          "The application's secret. An application for the device flow has none.");
  static final Entry<Secret> REFRESH_TOKEN =
      secret(
          "rollcall.accounts.NAME.refresh-token",
          "Taken over once, at the first start with it; `rollcall connect NAME` obtains one.");
  static final Entry<Duration> POLL_INTERVAL =
      withDefault(
          "rollcall.accounts.NAME.poll-interval",
          Types.duration("10ms", "10m"),
          "2s",
          "How often a bulk job is asked about.");
  static final Entry<Duration> JOB_DEADLINE =
      withDefault(
          "rollcall.accounts.NAME.job-deadline",
          Types.duration("100ms", "7d"),
          "2h",
          "How long a bulk job may take before its contacts are read back one by one.");
  static final Entry<Duration> SETTLE_PATIENCE =
      withDefault(
          "rollcall.accounts.NAME.settle-patience",
          Types.duration("0ms", "1d"),
          "2m",
          "How long a finished bulk job's contacts may take to show before they count as"
              + " missing.");
  static final Entry<Integer> REQUESTS_PER_SECOND =
      withDefault(
          "rollcall.accounts.NAME.requests-per-second",
          Types.integer("requests", 1, 500),
          "4",
          "The provider's rate per API key. Constant Contact allows 4.");
  static final Entry<Integer> REQUESTS_PER_DAY =
      withDefault(
          "rollcall.accounts.NAME.requests-per-day",
          Types.integer("requests", 1, 100_000_000),
          "10000",
          "The provider's quota per API key and UTC day. Constant Contact allows 10,000.");
  static final Entry<Integer> OPT_OUT_RESERVE =
      withDefault(
          "rollcall.accounts.NAME.opt-out-reserve",
          Types.integer("requests", 0, 100_000_000),
          "200",
          "Requests of the day that only opt-out reads may use; less than the day's quota.");

  static final Entry<Integer> ACTIVITIES_SHARE =
      withDefault(
          "rollcall.accounts.NAME.activities-share",
          Types.integer("percent", 1, 100),
          "25",
          "How much of the day's requests reading activities may use; what is left is read the next"
              + " time.");
  static final Entry<Duration> ACTIVITIES_OVERLAP =
      withDefault(
          "rollcall.accounts.NAME.activities-overlap",
          Types.duration("1m", "60d"),
          "3d",
          "How far behind the newest known activity a reading goes back, to catch what is reported"
              + " late.");
  static final Entry<Duration> ACTIVITIES_KEEP =
      withDefault(
          "rollcall.accounts.NAME.activities-keep",
          Types.duration("1d", "7300d"),
          "730d",
          "How long activities are kept. Campaigns sent longer ago are not read.");

  static final Entry<String> SOURCE_URL =
      required(
          "rollcall.sources.NAME.url",
          Types.JDBC_URL,
          "jdbc:postgresql://localhost:5432/members",
          "The member database. Its pool is bound under the source's name.");
  static final Entry<String> SOURCE_USERNAME =
      optional(
          "rollcall.sources.NAME.username",
          Types.TEXT,
          "reader",
          "Who the hub is there; a user that may only read is enough.");
  static final Entry<Secret> SOURCE_PASSWORD =
      secret("rollcall.sources.NAME.password", "The password that goes with it.");

  static final Entry<String> SYNC_ACCOUNT =
      required(
          "rollcall.syncs.NAME.account",
          Types.TEXT,
          "main",
          "The account whose lists are kept; one of rollcall.accounts.");
  static final Entry<String> SYNC_MEMBERS =
      optional(
          "rollcall.syncs.NAME.members",
          Types.ENDPOINT_URI,
          "direct:chamber-members",
          "The route that reads the members. Without it they come as files, see rollcall.drops.");
  static final Entry<String> SYNC_OPT_OUTS =
      optional(
          "rollcall.syncs.NAME.opt-outs",
          Types.ENDPOINT_URI,
          "direct:chamber-opt-outs",
          "The route that takes over new opt-outs, and those taken back, as a list of maps.");
  static final Entry<String> SYNC_INTERACTIONS =
      optional(
          "rollcall.syncs.NAME.interactions",
          Types.ENDPOINT_URI,
          "direct:chamber-interactions",
          "The route that takes over what members did with campaigns, as a list of maps.");
  static final Entry<String> SYNC_ACTIVITIES_SCHEDULE =
      optional(
          "rollcall.syncs.NAME.activities-schedule",
          Types.CRON,
          "0 15 * * * ?",
          "When activities are read by themselves, in the sync's time zone; the window does not"
              + " apply. Without it only by hand.");
  static final Entry<List<String>> SYNC_GROUPS =
      withDefault(
          "rollcall.syncs.NAME.groups",
          Types.PATTERNS,
          "*",
          "Which groups synchronise, by name or by pattern with *. Staff can override each in"
              + " the console.");
  static final Entry<Set<String>> SYNC_MEMBERSHIPS =
      withDefault(
          "rollcall.syncs.NAME.memberships",
          Types.MEMBERSHIP_KINDS,
          "primary,beneficiary",
          "Which membership kinds synchronise.");
  static final Entry<String> SYNC_LIST_NAME =
      withDefault(
          "rollcall.syncs.NAME.list-name",
          Types.LIST_NAME,
          "${group}",
          "What a group's list is called at the provider.");
  static final Entry<Mode> SYNC_MODE =
      withDefault(
          "rollcall.syncs.NAME.mode",
          Types.MODE,
          "mirror",
          "mirror adds and removes, add-only never removes, remove-only only takes away.");
  static final Entry<MaxRemovals> SYNC_MAX_REMOVALS =
      withDefault(
          "rollcall.syncs.NAME.max-removals",
          Types.MAX_REMOVALS,
          "10%",
          "The guard, per list and per account: a plan that removes more waits for a person.");
  static final Entry<Boolean> SYNC_SECOND_PERSON =
      withDefault(
          "rollcall.syncs.NAME.second-person",
          Types.BOOLEAN,
          "false",
          "Whether a held plan is released only once two different people have approved it. One is"
              + " enough to reject it.");
  static final Entry<MaxRemovals> SYNC_MAX_ADDRESS_CHANGES =
      withDefault(
          "rollcall.syncs.NAME.max-address-changes",
          Types.MAX_REMOVALS,
          "500",
          "The guard for address changes, each of which costs two provider calls: a plan with more"
              + " waits for a person.");
  static final Entry<AddressConflicts> SYNC_ADDRESS_CONFLICTS =
      withDefault(
          "rollcall.syncs.NAME.address-conflicts",
          Types.ADDRESS_CONFLICTS,
          "ask",
          "Whose address counts when a contact's was changed at the provider. ask shows the"
              + " conflict and waits for a person.");
  static final Entry<String> SYNC_ADDRESS_CHANGES =
      optional(
          "rollcall.syncs.NAME.address-changes",
          Types.ENDPOINT_URI,
          "direct:chamber-addresses",
          "The route that takes over addresses which members got at the provider, as a list of"
              + " maps.");
  static final Entry<Grace> SYNC_GRACE =
      withDefault(
          "rollcall.syncs.NAME.grace",
          Types.GRACE,
          "none",
          "How long a membership stays on its list after the source has ceased to want it.");
  static final Entry<Reconcile> SYNC_RECONCILE =
      withDefault(
          "rollcall.syncs.NAME.reconcile",
          Types.RECONCILE,
          "never",
          "How often a scheduled run reads the whole account back and compares: the first one of"
              + " each day, week or month in the sync's time zone.");
  static final Entry<String> SYNC_SCHEDULE =
      optional(
          "rollcall.syncs.NAME.schedule",
          Types.CRON,
          "0 0 23 * * ?",
          "When the sync runs by itself. Without it the sync runs only by hand.");
  static final Entry<ZoneId> SYNC_TIME_ZONE =
      optional(
          "rollcall.syncs.NAME.time-zone",
          Types.ZONE,
          "America/Chicago",
          "The zone of schedule and window. Without it the system's.");
  static final Entry<Window> SYNC_WINDOW =
      optional(
          "rollcall.syncs.NAME.window",
          Types.WINDOW_OF_DAY,
          "23:00-04:00",
          "The hours in which scheduled runs may work. Without it, always.");

  static final Entry<List<String>> SYNC_WINNER_ORDER =
      withDefault(
          "rollcall.syncs.NAME.winner-order",
          Words.WINNER_ORDER,
          "role,family-tree,sign-in,name,key",
          "By what members who share an address are compared, until one of them wins. The key"
              + " always decides last.");
  static final Entry<List<String>> SYNC_WINNER_ROLES =
      withDefault(
          "rollcall.syncs.NAME.winner-roles",
          Words.WINNER_ROLES,
          "primary_contact,billing_contact,management,member,company",
          "The order of roles, the one that wins an address first.");
  static final Entry<Set<String>> SYNC_ELIGIBLE =
      withDefault(
          "rollcall.syncs.NAME.eligible",
          Words.ELIGIBLE,
          "enabled,active,membership",
          "What a member has to be to synchronise, beside a valid address and no opt-out, which"
              + " nothing can replace: enabled in the group, active, of a kind in memberships,"
              + " reachable (no mailing came back because the address does not exist).");
  static final Entry<Duration> SYNC_SILENT_AFTER =
      withDefault(
          "rollcall.syncs.NAME.silent-after",
          Types.duration("1d", "7300d"),
          "365d",
          "How long somebody has to open and click nothing, although mailings were sent, to be"
              + " silent.");
  static final Entry<List<String>> SYNC_WITHOUT_SILENT =
      optional(
          "rollcall.syncs.NAME.without-silent",
          Types.PATTERNS,
          "Newsletter",
          "Groups whose lists silent members leave, by name or by pattern with *. Nobody is"
              + " unsubscribed by it, and the guard counts.");
  static final Entry<List<String>> SYNC_ONLY_SILENT =
      optional(
          "rollcall.syncs.NAME.only-silent",
          Types.PATTERNS,
          "Win back",
          "Groups in which only silent members synchronise, by name or by pattern with *.");
  static final Entry<SharedName> SYNC_SHARED_NAME =
      withDefault(
          "rollcall.syncs.NAME.shared-name",
          Words.SHARED_NAME,
          "winner",
          "Whose name a shared address's contact carries: the winner's, or all people's combined.");
  static final Entry<Integer> SYNC_NAMED_PEOPLE =
      withDefault(
          "rollcall.syncs.NAME.shared-name-people",
          Types.integer("people", 2, 5),
          "3",
          "How many people a combined name names; more of them are \"the Miller household\".");

  private static final List<Entry<?>> BEFORE_DROPS =
      List.of(
          DATABASE_URL,
          DATABASE_USERNAME,
          DATABASE_PASSWORD,
          SECRET_KEY,
          SERVICE_HOST,
          SERVICE_PORT,
          SERVICE_LOG_FORMAT,
          SERVICE_PUBLIC_URL,
          SERVICE_IDLE,
          SERVICE_LONGEST_SESSION,
          SERVICE_HAWTIO,
          MONITORING_TOKEN,
          MONITORING_GROUPS,
          MONITORING_OTLP,
          LOCAL_SIGN_IN,
          OIDC_ISSUER,
          OIDC_CLIENT_ID,
          OIDC_CLIENT_SECRET,
          OIDC_SCOPES,
          OIDC_NAME_CLAIM,
          OIDC_ROLES_CLAIM,
          OIDC_ADMINISTRATORS,
          OIDC_OPERATORS,
          OIDC_VIEWERS,
          PROVIDER,
          API_URL,
          AUTH_URL,
          CLIENT_ID,
          CLIENT_SECRET,
          REFRESH_TOKEN,
          POLL_INTERVAL,
          JOB_DEADLINE,
          SETTLE_PATIENCE,
          REQUESTS_PER_SECOND,
          REQUESTS_PER_DAY,
          OPT_OUT_RESERVE,
          ACTIVITIES_SHARE,
          ACTIVITIES_OVERLAP,
          ACTIVITIES_KEEP,
          SOURCE_URL,
          SOURCE_USERNAME,
          SOURCE_PASSWORD,
          SYNC_ACCOUNT,
          SYNC_MEMBERS,
          SYNC_OPT_OUTS,
          SYNC_INTERACTIONS,
          SYNC_GROUPS,
          SYNC_MEMBERSHIPS,
          SYNC_LIST_NAME,
          SYNC_MODE,
          SYNC_MAX_REMOVALS,
          SYNC_SECOND_PERSON,
          SYNC_MAX_ADDRESS_CHANGES,
          SYNC_ADDRESS_CONFLICTS,
          SYNC_ADDRESS_CHANGES,
          SYNC_GRACE,
          SYNC_RECONCILE,
          SYNC_SCHEDULE,
          SYNC_ACTIVITIES_SCHEDULE,
          SYNC_TIME_ZONE,
          SYNC_WINDOW,
          SYNC_WINNER_ORDER,
          SYNC_WINNER_ROLES,
          SYNC_ELIGIBLE,
          SYNC_SILENT_AFTER,
          SYNC_WITHOUT_SILENT,
          SYNC_ONLY_SILENT,
          SYNC_SHARED_NAME,
          SYNC_NAMED_PEOPLE);

  static final List<Entry<?>> ALL =
      Stream.of(BEFORE_DROPS, DropCatalogue.ALL, MailCatalogue.ALL)
          .<Entry<?>>flatMap(List::stream)
          .toList();

  private Catalogue() {}

  static Optional<Entry<?>> find(String key) {
    for (Entry<?> entry : ALL) {
      if (entry.matches(key)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  static <T> Entry<T> optional(
      String pattern, ValueType<T> type, String example, String description) {
    return new Entry<>(pattern, type, null, false, false, example, description);
  }

  static <T> Entry<T> required(
      String pattern, ValueType<T> type, String example, String description) {
    return new Entry<>(pattern, type, null, true, false, example, description);
  }

  static <T> Entry<T> withDefault(
      String pattern, ValueType<T> type, String whenAbsent, String description) {
    return new Entry<>(pattern, type, whenAbsent, false, false, whenAbsent, description);
  }

  static Entry<Secret> secret(String pattern, String description) {
    return new Entry<>(pattern, Types.SECRET, null, false, true, "", description);
  }
}
