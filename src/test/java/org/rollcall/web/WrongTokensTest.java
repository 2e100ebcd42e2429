package org.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private final AtomicLong nanos = new AtomicLong();
  private final WrongTokens wrong = new WrongTokens(nanos::get);

  private void guess() {
    for (int i = 0; i < WrongTokens.BORNE; i++) {
      assertThat(wrong.tooMany(HERE, "guess")).isFalse();
      wrong.wrong(HERE, "guess");
    }
  }

  @Test
  void whoever_shows_too_many_waits_a_minute_and_nobody_else() {
    wrong.good("good");
    guess();
    assertThat(wrong.tooMany(HERE, "guess")).isTrue();
    assertThat(wrong.tooMany(ELSEWHERE, "guess")).isFalse();
    assertThat(wrong.tooMany(HERE, "good")).isFalse();

    nanos.addAndGet(WrongTokens.WAIT.toNanos() + 1);
    guess();
    assertThat(wrong.tooMany(HERE, "guess")).isTrue();
  }

  @Test
  void a_token_that_is_good_no_more_waits_like_any_other() {
    wrong.good("revoked");
    guess();
    assertThat(wrong.tooMany(HERE, "revoked")).isFalse();
    wrong.wrong(HERE, "revoked");
    assertThat(wrong.tooMany(HERE, "revoked")).isTrue();
  }
}
