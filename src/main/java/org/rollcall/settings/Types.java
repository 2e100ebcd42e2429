package org.rollcall.settings;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** The types settings have. Every refusal quotes the text and says what would be right. */
final class Types {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Pattern REMOVALS = Pattern.compile("(\\d{1,9})(\\s*%)?");
  private static final Pattern WINDOW = Pattern.compile("(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})");
  private static final Pattern ENDPOINT = Pattern.compile("[a-zA-Z][a-zA-Z0-9+-]*:.+");
  private static final List<String> MEMBERSHIPS = List.of("primary", "beneficiary");

  private static final int SHORTEST_KEY = 16;

  static final ValueType<String> TEXT = new ValueType<>("text", "", text -> text);
  static final ValueType<Secret> SECRET = new ValueType<>("secret", "", Secret::new);
  static final ValueType<Secret> SECRET_KEY =
      new ValueType<>("secret", "at least 16 characters", Types::secretKey);
  static final ValueType<Boolean> BOOLEAN =
      new ValueType<>("switch", "`true`, `false`", Types::yesOrNo);
  static final ValueType<String> PROVIDER =
      new ValueType<>("provider", "`constantcontact`", Types::provider);
  static final ValueType<URI> URL =
      new ValueType<>("URL", "https; http only to this machine", Types::url);
  static final ValueType<LogFormat> LOG_FORMAT =
      new ValueType<>("format", "`text`, `json`", Types::logFormat);
  static final ValueType<URI> LINK = new ValueType<>("URL", "http or https", Types::link);
  static final ValueType<URI> ISSUER =
      new ValueType<>("URL", "https; http only to this machine", Types::issuer);
  static final ValueType<String> POSTGRESQL_URL =
      new ValueType<>("JDBC URL", "`jdbc:postgresql:`", text -> jdbc(text, "jdbc:postgresql:"));
  static final ValueType<String> JDBC_URL =
      new ValueType<>("JDBC URL", "", text -> jdbc(text, "jdbc:"));
  static final ValueType<String> ENDPOINT_URI = new ValueType<>("endpoint", "", Types::endpoint);
  static final ValueType<List<String>> PATTERNS =
      new ValueType<>("list of patterns", "separated by commas", Types::patterns);
  static final ValueType<Set<String>> MEMBERSHIP_KINDS =
      new ValueType<>("list", "`primary`, `beneficiary`", Types::memberships);
  static final ValueType<String> LIST_NAME =
      new ValueType<>("text", "`${group}` stands for the group", text -> text);
  static final ValueType<Mode> MODE =
      new ValueType<>("mode", "`mirror`, `add-only`, `remove-only`", Types::mode);
  static final ValueType<MaxRemovals> MAX_REMOVALS =
      new ValueType<>("number or percentage", "from 0; 0% to 100%", Types::maxRemovals);
  static final ValueType<AddressConflicts> ADDRESS_CONFLICTS =
      new ValueType<>("rule", "`ask`, `source`, `provider`", Types::addressConflicts);
  static final ValueType<Reconcile> RECONCILE =
      new ValueType<>("period", "`never`, `daily`, `weekly`, `monthly`", Types::reconcile);
  static final ValueType<Grace> GRACE =
      new ValueType<>("runs or days", "`none`, `2 runs`, `7 days`", Types::grace);
  static final ValueType<String> CRON = new ValueType<>("Quartz cron", "", Types::cron);
  static final ValueType<ZoneId> ZONE = new ValueType<>("time zone", "", Types::zone);
  static final ValueType<Window> WINDOW_OF_DAY =
      new ValueType<>("window", "`HH:mm-HH:mm`, local", Types::window);

  static final ValueType<List<String>> WORDS =
      new ValueType<>("list of words", "separated by commas", Types::words);

  private static final Pattern GRACE_FORM = Pattern.compile("none|([1-9][0-9]{0,2}) (runs?|days?)");

  private Types() {}

  static ValueType<Integer> integer(String unit, int from, int to) {
    String range = (from + " to " + to + " " + unit).trim();
    return new ValueType<>("number", range, text -> integerWithin(text, from, to));
  }

  static ValueType<Duration> duration(String from, String to) {
    return new ValueType<>("duration", from + " to " + to, text -> durationWithin(text, from, to));
  }

  private static Secret secretKey(String text) throws Refusal {
    if (text.length() < SHORTEST_KEY) {
      throw new Refusal(
          "the value has fewer than 16 characters",
          "use a long random text, such as openssl rand -base64 32 prints");
    }
    return new Secret(text);
  }

  private static boolean yesOrNo(String text) throws Refusal {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refusal(quote(text) + " is neither true nor false", "use true or false");
    };
  }

  private static int integerWithin(String text, int from, int to) throws Refusal {
    String remedy = "use a whole number from " + from + " to " + to;
    try {
      int value = Integer.parseInt(text);
      if (value < from || value > to) {
        throw new Refusal(quote(text) + " is out of range", remedy);
      }
      return value;
    } catch (NumberFormatException e) {
      throw new Refusal(quote(text) + " is not a number", remedy);
    }
  }

  private static Duration durationWithin(String text, String from, String to) throws Refusal {
    Duration value = duration(text);
    if (value.compareTo(duration(from)) < 0 || value.compareTo(duration(to)) > 0) {
      throw new Refusal(quote(text) + " is out of range", "use " + from + " to " + to);
    }
    return value;
  }

  private static Duration duration(String text) throws Refusal {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new Refusal(
          quote(text) + " is not a duration",
          "use a number with its unit, such as 500ms, 2s, 5m, 2h or 1d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static String provider(String text) throws Refusal {
    if (text.equals("constantcontact")) {
      return text;
    }
    String what = text.equals("mailchimp") ? " is not supported yet" : " is not a provider";
    throw new Refusal(quote(text) + what, "use constantcontact");
  }

  private static URI url(String text) throws Refusal {
    URI uri = parsedUrl(text);
    if (uri.getScheme().equalsIgnoreCase("http") && !loopback(uri.getHost())) {
      throw new Refusal(
          quote(text) + " would send tokens unencrypted",
          "use https (plain http only works to localhost)");
    }
    return uri;
  }

  private static URI link(String text) throws Refusal {
    try {
      return parsedUrl(text);
    } catch (Refusal refused) {
      throw new Refusal(refused.what(), "use an address such as https://rollcall.example.org");
    }
  }

  /** Compared letter by letter with what the provider says, so that a last slash stays. */
  private static URI issuer(String text) throws Refusal {
    url(text);
    return URI.create(text);
  }

  private static URI parsedUrl(String text) throws Refusal {
    String remedy = "use an address such as https://api.cc.email/v3";
    if (text.contains("@")) {
      throw new Refusal("a URL with a user or an @ is not accepted", remedy);
    }
    try {
      // clients append paths that begin with a slash
      URI uri = new URI(text.replaceAll("/+$", ""));
      if (uri.getHost() == null
          || uri.getScheme() == null
          || !uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
        throw new Refusal(quote(text) + " is not an absolute http(s) URL", remedy);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new Refusal(quote(text) + " is not a URL", remedy);
    }
  }

  static boolean loopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** Does not quote the text: a JDBC URL may carry a password. */
  private static String jdbc(String text, String prefix) throws Refusal {
    if (!text.startsWith(prefix) || text.length() == prefix.length()) {
      throw new Refusal(
          "the value does not begin with " + prefix,
          "use a URL such as " + "jdbc:postgresql://localhost:5432/members");
    }
    return text;
  }

  private static String endpoint(String text) throws Refusal {
    if (!ENDPOINT.matcher(text).matches()) {
      throw new Refusal(
          quote(text) + " is not an endpoint",
          "name the route that reads the members, such as direct:chamber-members");
    }
    return text;
  }

  private static List<String> patterns(String text) throws Refusal {
    List<String> patterns = split(text);
    if (patterns.isEmpty()) {
      throw new Refusal(quote(text) + " names no group", "use * for all, or names and patterns");
    }
    return patterns;
  }

  private static Set<String> memberships(String text) throws Refusal {
    List<String> kinds = split(text);
    for (String kind : kinds) {
      if (!MEMBERSHIPS.contains(kind)) {
        throw new Refusal(
            quote(kind) + " is not a membership kind", "use primary, beneficiary or both");
      }
    }
    if (kinds.isEmpty()) {
      throw new Refusal(
          quote(text) + " names no membership kind", "use primary, beneficiary or both");
    }
    return Collections.unmodifiableSet(new LinkedHashSet<>(kinds));
  }

  private static List<String> words(String text) throws Refusal {
    List<String> words = split(text);
    if (words.isEmpty()) {
      throw new Refusal(quote(text) + " names nothing", "name some, separated by commas");
    }
    return words;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  private static Mode mode(String text) throws Refusal {
    for (Mode mode : Mode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return mode;
      }
    }
    throw new Refusal(quote(text) + " is not a mode", "use mirror, add-only or remove-only");
  }

  private static AddressConflicts addressConflicts(String text) throws Refusal {
    for (AddressConflicts rule : AddressConflicts.values()) {
      if (rule.name().toLowerCase(Locale.ROOT).equals(text)) {
        return rule;
      }
    }
    throw new Refusal(quote(text) + " is not a rule", "use ask, source or provider");
  }

  private static Reconcile reconcile(String text) throws Refusal {
    for (Reconcile period : Reconcile.values()) {
      if (period.name().toLowerCase(Locale.ROOT).equals(text)) {
        return period;
      }
    }
    throw new Refusal(quote(text) + " is not a period", "use never, daily, weekly or monthly");
  }

  private static LogFormat logFormat(String text) throws Refusal {
    for (LogFormat format : LogFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
        return format;
      }
    }
    throw new Refusal(quote(text) + " is not a format of logs", "use text or json");
  }

  private static Grace grace(String text) throws Refusal {
    Matcher matcher = GRACE_FORM.matcher(text);
    if (!matcher.matches()) {
      throw new Refusal(quote(text) + " is not a grace", "write none, or like 2 runs or 7 days");
    }
    if (matcher.group(1) == null) {
      return Grace.NONE;
    }
    int amount = Integer.parseInt(matcher.group(1));
    return matcher.group(2).startsWith("run") ? new Grace(amount, 0) : new Grace(0, amount);
  }

  private static MaxRemovals maxRemovals(String text) throws Refusal {
    Matcher matcher = REMOVALS.matcher(text);
    String remedy = "use a number from 0 on, or a percentage from 0% to 100%";
    if (!matcher.matches()) {
      throw new Refusal(quote(text) + " is neither a number nor a percentage", remedy);
    }
    try {
      return new MaxRemovals(Integer.parseInt(matcher.group(1)), matcher.group(2) != null);
    } catch (IllegalArgumentException e) {
      throw new Refusal(quote(text) + " is out of range", remedy);
    }
  }

  private static String cron(String text) throws Refusal {
    try {
      CronExpression.validateExpression(text);
      return text;
    } catch (ParseException e) {
      boolean unix = text.trim().split("\\s+").length == 5;
      throw new Refusal(
          quote(text) + " is not a Quartz cron expression",
          unix
              ? "it has five fields; put the seconds in front, such as 0 0 23 * * ?"
              : "use six or seven fields from seconds on, such as 0 0 23 * * ?");
    }
  }

  private static ZoneId zone(String text) throws Refusal {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new Refusal(quote(text) + " is not a time zone", "use a name such as America/Chicago");
    }
  }

  private static Window window(String text) throws Refusal {
    Refusal refusal =
        new Refusal(
            quote(text) + " is not a window of the day", "use two times such as 23:00-04:00");
    Matcher matcher = WINDOW.matcher(text);
    if (!matcher.matches()) {
      throw refusal;
    }
    try {
      Window window =
          new Window(LocalTime.parse(matcher.group(1)), LocalTime.parse(matcher.group(2)));
      if (window.from().equals(window.until())) {
        throw refusal;
      }
      return window;
    } catch (DateTimeParseException e) {
      throw refusal;
    }
  }

  static String quote(String text) {
    return '"' + text + '"';
  }

  /** {@code a, b or c}. */
  static String alternatives(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : names.subList(0, last).stream().collect(joining(", ")) + " or " + names.get(last);
  }
}
