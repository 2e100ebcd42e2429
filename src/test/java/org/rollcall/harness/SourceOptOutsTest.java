package org.rollcall.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A marketing opt-out at the source is the member's, whichever of its rows says so. */
class SourceOptOutsTest {
  private static SourceRow row(String key, String group) {
    return SourceRow.person(key, group, key + "@example.org");
  }

  @Test
  void one_row_that_opts_out_takes_the_member_off_every_list_and_taking_it_back_puts_it_on_again() {
    try (Scene scene = Scene.open()) {
      scene.source().put(row("a", "Board"), row("a", "Choir"), row("b", "Board"));
      scene.sync();
      Check check = new Check(scene);
      check.converged();

      scene.source().put(row("a", "Choir").withOptOut(true));
      scene.sync();
      check.converged();
      check.statuses();
      assertThat(scene.provider().contact("a@example.org").orElseThrow().lists()).isEmpty();
      assertThat(scene.status("a", "Board").reason()).isEqualTo("marketing opt-out at the source");
      assertThat(scene.status("a", "Board").detail()).isEqualTo("in group Choir");

      scene.source().put(row("a", "Choir"));
      scene.sync();
      check.converged();
      check.statuses();
      assertThat(scene.provider().contact("a@example.org").orElseThrow().lists()).hasSize(2);
    }
  }

  @Test
  void it_counts_from_a_row_without_an_address_and_ends_when_that_row_goes() {
    try (Scene scene = Scene.open()) {
      scene.source().put(row("a", "Board"), row("a", "Choir").withEmail(null).withOptOut(true));
      scene.sync();
      assertThat(scene.provider().contact("a@example.org")).isEmpty();
      new Check(scene).statuses();

      scene.source().remove(row("a", "Choir"));
      scene.sync();
      new Check(scene).converged();
      assertThat(scene.status("a", "Board").status()).isEqualTo("synced");
    }
  }

  @Test
  void whoever_shares_the_address_takes_over_from_the_one_who_opted_out() {
    try (Scene scene = Scene.open()) {
      SourceRow best = row("a", "Board").withRole("primary_contact");
      SourceRow second = row("z", "Board").withEmail("a@example.org");
      scene.source().put(best, second, row("a", "Choir"));
      scene.sync();

      scene.source().put(row("a", "Choir").withOptOut(true));
      scene.sync();

      new Check(scene).converged();
      new Check(scene).statuses();
      assertThat(scene.status("z", "Board").status()).isEqualTo("synced");
    }
  }
}
