package org.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void shared_options_may_stand_before_the_command() {
    assertThat(
            Arguments.commandFirst(
                new String[] {"--home", "d", "--set", "a=b", "--log-level=info", "sync", "x"}))
        .containsExactly("sync", "--home", "d", "--set", "a=b", "--log-level=info", "x");
  }

  @Test
  void a_command_that_comes_first_stays_first() {
    assertThat(Arguments.commandFirst(new String[] {"sync", "x", "--home", "d"}))
        .containsExactly("sync", "x", "--home", "d");
  }

  @Test
  void options_without_a_command_are_left_alone() {
    assertThat(Arguments.commandFirst(new String[] {"--home", "d"})).containsExactly("--home", "d");
  }
}
