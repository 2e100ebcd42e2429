package org.rollcall.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The types that settings of messages have. */
final class MailTypes {
  static final String NEVER = "never";

  /** Strict on purpose: what stands here goes into headers and commands. */
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  static final ValueType<String> HOST_NAME = new ValueType<>("host", "", MailTypes::host);
  static final ValueType<MailServer.Security> SECURITY =
      new ValueType<>("security", "`none`, `starttls`, `tls`", MailTypes::security);
  static final ValueType<String> MAIL_ADDRESS = new ValueType<>("address", "", MailTypes::address);
  static final ValueType<List<String>> MAIL_ADDRESSES =
      new ValueType<>("list of addresses", "separated by commas", MailTypes::addresses);
  static final ValueType<String> DIGEST =
      new ValueType<>("Quartz cron", "or `never`", MailTypes::digest);

  private MailTypes() {}

  private static String host(String text) throws Refusal {
    if (!HOST.matcher(text).matches()) {
      throw new Refusal(
          Types.quote(text) + " is not a host",
          "use a name such as smtp.example.org; the port has a key of its own");
    }
    return text;
  }

  private static MailServer.Security security(String text) throws Refusal {
    for (MailServer.Security security : MailServer.Security.values()) {
      if (security.name().toLowerCase(Locale.ROOT).equals(text)) {
        return security;
      }
    }
    throw new Refusal(
        Types.quote(text) + " is not a way to secure mail", "use none, starttls or tls");
  }

  private static String address(String text) throws Refusal {
    if (!ADDRESS.matcher(text).matches()) {
      throw new Refusal(
          Types.quote(text) + " is not an address",
          "use an address alone, such as rollcall@example.org");
    }
    return text;
  }

  private static List<String> addresses(String text) throws Refusal {
    List<String> addresses =
        Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
    if (addresses.isEmpty()) {
      throw new Refusal(Types.quote(text) + " names nobody", "name at least one address");
    }
    for (String address : addresses) {
      address(address);
    }
    return addresses.stream().distinct().toList();
  }

  private static String digest(String text) throws Refusal {
    return text.equals(NEVER) ? text : Types.CRON.parse(text);
  }
}
