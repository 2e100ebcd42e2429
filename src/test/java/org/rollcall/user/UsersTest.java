package org.rollcall.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.store.Store;

class UsersTest {
  private static final String PASSWORD = "ladder orbit mango kettle";
  private static final String OTHER = "violin basalt harbour seven";

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final Store store = new Store(TestDatabase.fresh());
  private final Users users = new Users(store, clock);
  private final Sessions sessions =
      new Sessions(store, clock, Duration.ofHours(1), Duration.ofHours(12));

  private User somebody(String name, Role role) {
    String token = users.invite(name, role).orElseThrow();
    return ((Users.Opened.Done) users.open(token, name, PASSWORD)).user();
  }

  private boolean opens(String name, String password, String browser) {
    return users.signIn(name, password, browser) instanceof Users.SignIn.Welcome;
  }

  @Test
  void five_wrong_passwords_make_the_right_one_wait() {
    somebody("ann", Role.VIEWER);
    for (int i = 0; i < 5; i++) {
      assertThat(opens("ann", "wrong", null)).isFalse();
    }
    assertThat(opens("ann", PASSWORD, null)).isFalse();
    clock.move(Duration.ofSeconds(61));
    assertThat(opens("ann", PASSWORD, null)).isTrue();
  }

  @Test
  void each_further_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour() {
    somebody("ann", Role.VIEWER);
    guess("ann", null);
    for (int minutes : List.of(1, 2, 4, 8, 15, 15)) {
      clock.move(Duration.ofMinutes(minutes).minusSeconds(1));
      assertThat(users.signIn("ann", "wrong")).isInstanceOf(Users.SignIn.Locked.class);
      clock.move(Duration.ofSeconds(1));
      assertThat(users.signIn("ann", "wrong")).isInstanceOf(Users.SignIn.Wrong.class);
    }
  }

  /** As often as it is borne with. */
  private void guess(String name, String browser) {
    for (int i = 0; i < Attempts.BORNE; i++) {
      users.signIn(name, "wrong", browser);
    }
  }

  @Test
  void many_at_once_are_not_more_chances() throws Exception {
    somebody("ann", Role.VIEWER);
    ExecutorService threads = Executors.newFixedThreadPool(12);
    List<Callable<Users.SignIn>> attempts =
        IntStream.range(0, 12)
            .<Callable<Users.SignIn>>mapToObj(i -> () -> users.signIn("ann", "wrong"))
            .collect(Collectors.toList());
    int looked = 0;
    for (Future<Users.SignIn> attempt : threads.invokeAll(attempts)) {
      looked += attempt.get() instanceof Users.SignIn.Wrong ? 1 : 0;
    }
    threads.shutdown();
    assertThat(looked).isEqualTo(5);
  }

  @Test
  void guesses_of_others_lock_nobody_out_of_a_browser_they_use() {
    User ann = somebody("ann", Role.VIEWER);
    User bob = somebody("bob", Role.VIEWER);
    String browser = users.remember(ann);
    for (int i = 0; i < 20; i++) {
      users.signIn("ann", "wrong", i % 2 == 0 ? null : users.remember(bob));
    }
    assertThat(opens("ann", PASSWORD, null)).isFalse();
    assertThat(opens("ann", PASSWORD, browser)).isTrue();
    String another = users.remember(ann);
    guess("ann", browser);
    assertThat(opens("ann", PASSWORD, browser)).isFalse();
    assertThat(opens("ann", PASSWORD, another)).isTrue();
  }

  @Test
  void a_browser_of_somebody_else_gives_no_chances_of_its_own() {
    somebody("ann", Role.VIEWER);
    String bobs = users.remember(somebody("bob", Role.VIEWER));
    guess("ann", bobs);
    assertThat(users.signIn("ann", PASSWORD, bobs)).isInstanceOf(Users.SignIn.Locked.class);
  }

  @Test
  void after_a_new_password_every_browser_is_a_stranger() {
    User ann = somebody("ann", Role.VIEWER);
    String browser = users.remember(ann);
    users.change(ann.id(), PASSWORD, OTHER, browser);
    guess("ann", null);
    assertThat(opens("ann", OTHER, browser)).isFalse();
  }

  @Test
  void a_new_password_through_a_link_ends_the_wait_and_every_session() {
    User ann = somebody("ann", Role.VIEWER);
    String session = sessions.begin(ann);
    guess("ann", null);
    users.open(users.newPassword(ann), "", OTHER);

    assertThat(opens("ann", OTHER, null)).isTrue();
    assertThat(sessions.visitor(session)).isEmpty();
  }

  @Test
  void the_first_link_is_void_once_there_is_somebody() {
    String link = users.firstLink().orElseThrow();
    users.invite("ann", Role.VIEWER);

    assertThat(users.behind(link)).isEmpty();
    assertThat(users.open(link, "eve", PASSWORD)).isInstanceOf(Users.Opened.Void.class);
  }

  @Test
  void of_several_first_links_the_last_one_is_good() {
    String old = users.firstLink().orElseThrow();
    String link = users.firstLink().orElseThrow();
    assertThat(users.behind(old)).isEmpty();
    assertThat(users.behind(link)).isPresent();
  }

  @Test
  void of_two_who_use_a_link_at_once_one_gets_in() throws Exception {
    String link = users.firstLink().orElseThrow();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Users.Opened>> all =
        IntStream.range(0, 4)
            .<Callable<Users.Opened>>mapToObj(i -> () -> users.open(link, "user" + i, PASSWORD))
            .collect(Collectors.toList());
    long in = 0;
    for (Future<Users.Opened> one : threads.invokeAll(all)) {
      in += one.get() instanceof Users.Opened.Done ? 1 : 0;
    }
    threads.shutdown();
    assertThat(in).isEqualTo(1);
    assertThat(users.all()).hasSize(1);
  }

  @Test
  void a_new_link_and_a_used_one_make_the_others_void() {
    User ann = somebody("ann", Role.VIEWER);
    String old = users.newPassword(ann);
    String fresh = users.newPassword(ann);
    assertThat(users.behind(old)).isEmpty();
    assertThat(users.open(fresh, "", OTHER)).isInstanceOf(Users.Opened.Done.class);
    assertThat(users.behind(fresh)).isEmpty();
  }

  @Test
  void whoever_is_shut_out_has_no_link_either() {
    somebody("root", Role.ADMINISTRATOR);
    User ann = somebody("ann", Role.VIEWER);
    String link = users.newPassword(ann);
    users.change("ann", Role.VIEWER, false);
    assertThat(users.open(link, "", OTHER)).isInstanceOf(Users.Opened.Void.class);
    users.change("ann", Role.VIEWER, true);
    assertThat(users.open(link, "", OTHER)).isInstanceOf(Users.Opened.Void.class);
  }

  @Test
  void whoever_is_shut_out_is_nowhere_signed_in_and_stays_so_when_let_in_again() {
    somebody("root", Role.ADMINISTRATOR);
    User ann = somebody("ann", Role.VIEWER);
    String before = sessions.begin(ann);
    users.change("ann", Role.VIEWER, false);
    String after = sessions.begin(ann);
    assertThat(users.signIn("ann", PASSWORD)).isInstanceOf(Users.SignIn.Wrong.class);
    assertThat(sessions.visitor(after)).isEmpty();

    users.change("ann", Role.VIEWER, true);
    assertThat(sessions.visitor(before)).isEmpty();
    assertThat(opens("ann", PASSWORD, null)).isTrue();
  }

  @Test
  void somebody_who_can_administer_always_remains() {
    somebody("root", Role.ADMINISTRATOR);
    users.invite("invited", Role.ADMINISTRATOR);
    somebody("former", Role.ADMINISTRATOR);
    assertThat(users.change("former", Role.ADMINISTRATOR, false)).isTrue();

    assertThat(users.change("root", Role.OPERATOR, true)).isFalse();
    assertThat(users.change("root", Role.ADMINISTRATOR, false)).isFalse();
    somebody("another", Role.ADMINISTRATOR);
    assertThat(users.change("root", Role.OPERATOR, true)).isTrue();
  }

  @Test
  void a_link_ends_after_a_day() {
    String link = users.newPassword(somebody("ann", Role.VIEWER));
    clock.move(Duration.ofHours(25));
    assertThat(users.open(link, "", OTHER)).isInstanceOf(Users.Opened.Void.class);
  }

  @Test
  void the_own_password_is_changed_with_the_old_one() {
    User ann = somebody("ann", Role.VIEWER);
    String link = users.newPassword(ann);
    assertThat(users.change(ann.id(), "wrong", OTHER, null))
        .isInstanceOf(Users.Changed.Wrong.class);
    assertThat(users.change(ann.id(), PASSWORD, "password123", null))
        .isInstanceOf(Users.Changed.Refused.class);
    assertThat(users.change(ann.id(), PASSWORD, OTHER, null))
        .isInstanceOf(Users.Changed.Done.class);
    assertThat(users.behind(link)).isEmpty();
    assertThat(opens("ann", OTHER, null)).isTrue();
    assertThat(opens("ann", PASSWORD, null)).isFalse();
  }

  @Test
  void the_old_password_cannot_be_guessed_there() {
    User ann = somebody("ann", Role.VIEWER);
    for (int i = 0; i < 5; i++) {
      users.change(ann.id(), "wrong", OTHER, null);
    }
    assertThat(users.change(ann.id(), PASSWORD, OTHER, null))
        .isInstanceOf(Users.Changed.Wrong.class);
  }

  @Test
  void sessions_are_seen_and_ended_by_the_person_alone() {
    User ann = somebody("ann", Role.VIEWER);
    User bob = somebody("bob", Role.VIEWER);
    String here = sessions.begin(ann, "Firefox");
    String there = sessions.begin(ann, "x".repeat(5_000));
    String bobs = sessions.begin(bob);
    Visitor me = sessions.visitor(here).orElseThrow();
    Session other =
        sessions.of(me).stream().filter(one -> !one.current()).findFirst().orElseThrow();
    assertThat(sessions.of(me)).hasSize(2);
    assertThat(other.browser()).hasSize(300);

    assertThat(sessions.end(sessions.visitor(bobs).orElseThrow(), other.id())).isFalse();
    assertThat(sessions.visitor(there)).isPresent();
    assertThat(sessions.endOthers(me)).isEqualTo(1);
    assertThat(sessions.visitor(there)).isEmpty();
    assertThat(sessions.visitor(here)).isPresent();
    assertThat(sessions.visitor(bobs)).isPresent();
  }

  @Test
  void a_session_ends_when_it_is_idle_and_in_any_case_at_last() {
    String token = sessions.begin(somebody("ann", Role.VIEWER));
    for (int i = 0; i < 13; i++) {
      assertThat(sessions.visitor(token)).isPresent();
      clock.move(Duration.ofMinutes(55));
    }
    clock.move(Duration.ofMinutes(6));
    assertThat(sessions.visitor(token)).isEmpty();
    String idle = sessions.begin(users.find("ann").orElseThrow());
    clock.move(Duration.ofMinutes(61));
    assertThat(sessions.visitor(idle)).isEmpty();
  }

  @Test
  void the_own_name_makes_no_password() {
    assertThat(Passwords.flaw("qvxkzjwtplomb", "qvxkzjwtplomb")).isPresent();
    assertThat(Passwords.flaw("qvxkzjwtplomb", "ann")).isEmpty();
  }

  @Test
  void whoever_is_unknown_is_compared_with_a_hash_that_costs_as_much_and_that_nobody_has() {
    String[] nobody = Passwords.NOBODY.split("\\$");
    String[] somebody = Passwords.hash("ladder orbit mango kettle").split("\\$");
    for (int part = 0; part < 4; part++) {
      assertThat(nobody[part]).isEqualTo(somebody[part]);
    }
    assertThat(nobody[4]).hasSameSizeAs(somebody[4]);
    assertThat(nobody[5]).hasSameSizeAs(somebody[5]);
    assertThat(Passwords.fits("ladder orbit mango kettle", null)).isFalse();
  }

  @Test
  void long_passwords_are_judged_quickly() {
    long before = System.nanoTime();
    Passwords.flaw("abcABC123!".repeat(20), "ann");
    Passwords.flaw("a".repeat(200), "ann");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
  }
}
