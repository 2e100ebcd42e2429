package org.rollcall.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.TestClock;
import org.rollcall.TestDatabase;
import org.rollcall.store.Store;

class ApiTokensTest {
  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final ApiTokens tokens = new ApiTokens(new Store(TestDatabase.fresh()), clock);

  private String token(String name, Duration good) {
    return tokens.make(name, Role.VIEWER, good, "root").orElseThrow();
  }

  private ApiToken holder(String token) {
    return tokens.holder(token).orElseThrow();
  }

  @Test
  void answers_that_last_end_with_their_token() {
    long day = holder(token("day", Duration.ofDays(1))).id();
    long week = holder(token("week", Duration.ofDays(7))).id();
    long month = holder(token("month", Duration.ofDays(30))).id();
    List<Long> all = List.of(day, week, month);
    assertThat(tokens.good(all)).isEqualTo(Set.copyOf(all));

    clock.move(Duration.ofDays(1));
    tokens.revoke("Month");
    assertThat(tokens.good(all)).containsExactly(week);
  }

  @Test
  void when_a_token_was_used_is_noted_of_it_alone_and_to_the_minute() {
    token("other", Duration.ofDays(1));
    String used = token("used", Duration.ofDays(1));
    Instant first = clock.instant();
    tokens.holder(used);
    clock.move(Duration.ofMinutes(1));
    tokens.holder(used);

    assertThat(tokens.all()).extracting(ApiToken::usedAt).containsExactly(first, null);
  }
}
