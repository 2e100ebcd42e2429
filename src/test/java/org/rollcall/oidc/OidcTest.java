package org.rollcall.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.settings.OidcSettings;
import org.rollcall.settings.Secret;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.user.Role;
import org.rollcall.user.Sessions;
import org.rollcall.user.User;
import org.rollcall.user.Users;

class OidcTest {
  private static final URI BACK = URI.create("http://127.0.0.1:8077/sign-in/provider/done");

  private final SmallProvider provider = new SmallProvider();
  private final TestClock clock = new TestClock(Instant.now());
  private final Store store = new Store(TestDatabase.fresh());
  private final Users users = new Users(store, clock);
  private final Oidc oidc = oidc(provider.issuer());

  @AfterEach
  void it_closes() {
    provider.close();
  }

  private Oidc oidc(String issuer) {
    return new Oidc(
        new OidcSettings(
            URI.create(issuer),
            SmallProvider.CLIENT,
            new Secret(SmallProvider.SECRET),
            List.of("profile"),
            "preferred_username",
            "realm_access.roles",
            List.of("admins"),
            List.of("staff", "helpers"),
            List.of("everybody")),
        BACK,
        users,
        store,
        clock);
  }

  /** A browser goes to the provider and comes back. */
  private Oidc.Return goAndComeBack() {
    return goAndComeBack(oidc, provider);
  }

  private Oidc.Return goAndComeBack(SmallProvider another) {
    return goAndComeBack(oidc(another.issuer()), another);
  }

  private static Oidc.Return goAndComeBack(Oidc by, SmallProvider provider) {
    Oidc.Leave leave = by.leave("/groups").orElseThrow();
    return by.back(query(provider.backFrom(leave.to())), leave.browser());
  }

  private static Map<String, List<String>> query(URI address) {
    return new HashMap<>(URLUtils.parseParameters(address.getRawQuery()));
  }

  private static User welcome(Oidc.Return result) {
    assertThat(result).isInstanceOf(Oidc.Return.Welcome.class);
    return ((Oidc.Return.Welcome) result).user();
  }

  private void assertRefused(Oidc.Return result) {
    assertThat(result).isInstanceOf(Oidc.Return.Refused.class);
    assertThat(users.all()).isEmpty();
  }

  @Test
  void whoever_the_provider_vouches_for_is_a_user_from_then_on() {
    Oidc.Return result = goAndComeBack();

    User user = welcome(result);
    assertThat(user.name()).isEqualTo("ann");
    assertThat(user.role()).isEqualTo(Role.ADMINISTRATOR);
    assertThat(((Oidc.Return.Welcome) result).path()).isEqualTo("/groups");
    assertThat(users.hasPassword(user.id())).isFalse();
    assertThat(users.signIn("ann", "")).isInstanceOf(Users.SignIn.Wrong.class);
  }

  @Test
  void people_are_known_again_by_the_subject_and_have_the_role_of_now() {
    User first = welcome(goAndComeBack());
    provider.name = "ann miller";
    provider.roles = List.of("others", "helpers");

    User again = welcome(goAndComeBack());

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void of_several_roles_the_highest_counts() {
    provider.roles = List.of("everybody", "staff");
    assertThat(welcome(goAndComeBack()).role()).isEqualTo(Role.OPERATOR);
    provider.roles = List.of("everybody", "staff", "admins");
    assertThat(welcome(goAndComeBack()).role()).isEqualTo(Role.ADMINISTRATOR);
  }

  @Test
  void the_same_subject_of_another_provider_is_another_person() {
    User ann = welcome(goAndComeBack());
    Sessions sessions = new Sessions(store, clock, Duration.ofHours(1), Duration.ofHours(1));
    String token = sessions.begin(ann);
    try (SmallProvider another = new SmallProvider()) {
      another.roles = "everybody";
      User other = welcome(goAndComeBack(another));
      assertThat(other.id()).isNotEqualTo(ann.id());
      assertThat(users.find("ann").orElseThrow().role()).isEqualTo(Role.ADMINISTRATOR);

      another.roles = "nothing";
      assertThat(goAndComeBack(another)).isInstanceOf(Oidc.Return.Refused.class);
      assertThat(sessions.visitor(token)).isPresent();
    }
  }

  @Test
  void a_name_opens_nobody_elses_account() {
    users.invite("Ann", Role.ADMINISTRATOR);
    provider.roles = "everybody";

    User user = welcome(goAndComeBack());

    assertThat(user.name()).isEqualTo("ann 2");
    assertThat(user.role()).isEqualTo(Role.VIEWER);
    assertThat(users.find("Ann").orElseThrow().role()).isEqualTo(Role.ADMINISTRATOR);
  }

  @Test
  void names_of_any_shape_become_names() {
    for (String name :
        List.of("", "<script>alert(1)</script>", "\u202egpj", "x".repeat(500), "a\r\nb")) {
      provider.subject = "s" + name.hashCode();
      provider.name = name;
      assertThat(Users.flaw(welcome(goAndComeBack()).name())).isEmpty();
    }
  }

  @Test
  void whoever_has_no_mapped_role_stays_out_and_leaves() {
    User user = welcome(goAndComeBack());
    Sessions sessions = new Sessions(store, clock, Duration.ofHours(1), Duration.ofHours(1));
    String token = sessions.begin(user);
    provider.roles = List.of("nothing");

    assertThat(goAndComeBack()).isInstanceOf(Oidc.Return.Refused.class);
    assertThat(sessions.visitor(token)).isEmpty();
  }

  @Test
  void whoever_was_shut_out_here_stays_out() {
    users.invite("other", Role.ADMINISTRATOR);
    User user = welcome(goAndComeBack());
    provider.subject = "another";
    welcome(goAndComeBack());
    assertThat(users.change(user.name(), Role.VIEWER, false)).isTrue();
    provider.subject = "1234";

    assertThat(goAndComeBack()).isInstanceOf(Oidc.Return.Refused.class);
  }

  @Test
  void tokens_for_others_or_of_another_time_are_refused() {
    Date past = Date.from(Instant.now().minusSeconds(600));
    List<UnaryOperator<JWTClaimsSet.Builder>> lies =
        List.of(
            claims -> claims.claim("nonce", "another"),
            claims -> claims.claim("nonce", null),
            claims -> claims.audience("somebody-else"),
            claims -> claims.audience(List.of(SmallProvider.CLIENT, "b")).claim("azp", "b"),
            claims -> claims.issuer("https://evil.example"),
            claims -> claims.expirationTime(past),
            claims -> claims.expirationTime(null),
            claims -> claims.subject(null));
    for (UnaryOperator<JWTClaimsSet.Builder> lie : lies) {
      provider.claims = lie;
      assertRefused(goAndComeBack());
    }
  }

  @Test
  void only_the_providers_own_signature_counts() {
    for (String signature : List.of("none", "HS256", "another key")) {
      provider.signature = signature;
      assertRefused(goAndComeBack());
    }
  }

  @Test
  void the_provider_may_change_its_keys() {
    welcome(goAndComeBack());
    provider.rotate();
    welcome(goAndComeBack());
  }

  @Test
  void a_return_is_good_once() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    Map<String, List<String>> query = query(provider.backFrom(leave.to()));
    welcome(oidc.back(query, leave.browser()));

    assertThat(oidc.back(query, leave.browser())).isInstanceOf(Oidc.Return.Refused.class);
  }

  @Test
  void who_comes_back_has_to_be_who_left() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    Oidc.Leave other = oidc.leave("/").orElseThrow();
    Map<String, List<String>> query = query(provider.backFrom(leave.to()));

    assertRefused(oidc.back(query, other.browser()));
    assertRefused(oidc.back(query, ""));
    assertRefused(oidc.back(Map.of(), leave.browser()));
    assertRefused(oidc.back(Map.of("state", List.of("x"), "code", List.of("y")), leave.browser()));
    Map<String, List<String>> twice = new HashMap<>(query);
    twice.put("state", List.of(query.get("state").get(0), "another"));
    assertRefused(oidc.back(twice, leave.browser()));
  }

  @Test
  void a_code_of_another_departure_is_refused() {
    Oidc.Leave mine = oidc.leave("/").orElseThrow();
    Oidc.Leave attackers = oidc.leave("/").orElseThrow();
    Map<String, List<String>> query = query(provider.backFrom(mine.to()));
    query.put("code", query(provider.backFrom(attackers.to())).get("code"));

    assertRefused(oidc.back(query, mine.browser()));
  }

  @Test
  void an_answer_in_the_name_of_another_provider_is_refused() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    Map<String, List<String>> query = query(provider.backFrom(leave.to()));
    query.put("iss", List.of("https://evil.example"));
    assertRefused(oidc.back(query, leave.browser()));

    Oidc.Leave again = oidc.leave("/").orElseThrow();
    Map<String, List<String>> silent = query(provider.backFrom(again.to()));
    silent.remove("iss");
    assertRefused(oidc.back(silent, again.browser()));
  }

  @Test
  void a_provider_that_does_not_say_who_it_is_in_the_answer_needs_not_say_so() {
    provider.namesItself = false;
    welcome(goAndComeBack());
  }

  @Test
  void who_takes_too_long_begins_again() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    clock.move(Duration.ofMinutes(11));
    assertRefused(oidc.back(query(provider.backFrom(leave.to())), leave.browser()));
  }

  @Test
  void a_table_full_of_departures_takes_no_more_until_they_are_over() {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "INSERT INTO oidc_attempt (state, browser, nonce, verifier, path, until)"
                        + " SELECT sha256(i::text::bytea), '', '', '', '/', :until"
                        + " FROM generate_series(1, 10000) i")
                .bind("until", clock.instant().plus(Departures.GOOD))
                .update());
    assertThat(oidc.leave("/")).isEmpty();
    clock.move(Departures.GOOD.plusSeconds(1));
    assertThat(oidc.leave("/")).isPresent();
  }

  @Test
  void a_provider_that_does_not_answer_is_not_waited_for() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    provider.hangs = true;
    Map<String, List<String>> query = query(provider.backFrom(leave.to()));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertRefused(oidc.back(query, leave.browser())));
  }

  @Test
  void where_the_issuer_speaks_https_so_does_everything_it_names() throws Exception {
    URI https = URI.create("https://id.example.org");
    URI http = URI.create("http://id.example.org/token");
    assertThatThrownBy(() -> Provider.encrypted(https, http))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without https");
    assertThat(Provider.encrypted(https, https.resolve("/token"))).hasScheme("https");
    assertThat(Provider.encrypted(http, https)).isEqualTo(https);
    assertThat(Provider.encrypted(http, http)).isEqualTo(http);
  }

  @Test
  void an_error_of_the_provider_lets_nobody_in() {
    Oidc.Leave leave = oidc.leave("/").orElseThrow();
    Map<String, List<String>> query = query(provider.backFrom(leave.to()));
    query.remove("code");
    query.put("error", List.of("access_denied"));
    assertRefused(oidc.back(query, leave.browser()));
  }

  @Test
  void an_answer_without_a_code_lets_nobody_in() {
    for (String instead : List.of("nothing", "id_token", "access_token")) {
      Oidc.Leave leave = oidc.leave("/").orElseThrow();
      Map<String, List<String>> query = query(provider.backFrom(leave.to()));
      query.remove("code");
      query.put(instead, List.of("eyJhbGciOiJub25lIn0.e30."));

      assertRefused(oidc.back(query, leave.browser()));
    }
  }

  @Test
  void two_people_of_one_long_name_are_told_apart() {
    provider.name = "a".repeat(55) + " family name";
    User first = welcome(goAndComeBack());
    assertThat(users.find(first.name())).contains(first);
    provider.subject = "another";

    assertThat(welcome(goAndComeBack()).name()).isEqualTo("a".repeat(55) + " 2");
  }

  @Test
  void a_provider_that_names_itself_otherwise_or_is_not_there_is_none() {
    assertThat(oidc(provider.issuer().replace("127.0.0.1", "localhost")).leave("/")).isEmpty();
    provider.close();
    assertThat(oidc(provider.issuer()).leave("/")).isEmpty();
  }
}
