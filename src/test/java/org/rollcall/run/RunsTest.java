package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.TestDatabase;
import org.rollcall.TestSettings;
import org.rollcall.settings.Settings;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

class RunsTest {
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoever_looks_a_sync_up_waits_for_nobody_who_works_on_it() {
    Settings settings = TestSettings.chamber();
    Store store = new Store(TestDatabase.fresh());
    Runs runs = new Runs(store, Clock.systemUTC());
    Target made = runs.target(settings.sync("chamber"), settings.account("main"));

    Target found =
        store.transaction(
            connection -> {
              Query.of(connection, "UPDATE sync SET name = name").update();
              Query.of(connection, "UPDATE account SET name = name").update();
              return runs.target(settings.sync("chamber"), settings.account("main"));
            });

    assertThat(found).isEqualTo(made);
  }
}
