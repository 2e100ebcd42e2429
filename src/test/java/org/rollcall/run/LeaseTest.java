package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;

class LeaseTest {
  private final Store store = new Store(TestDatabase.fresh());
  private final Leases leases = new Leases(store);

  @AfterEach
  void close() {
    leases.close();
  }

  @Test
  void the_heartbeat_goes_on_during_a_long_transaction() {
    try (Lease lease = leases.take("sync a").orElseThrow()) {
      store.run(
          connection -> {
            lease.fence(connection);

            assertThat(impatiently("UPDATE lease SET until = until + interval '1 second'"))
                .isEqualTo(1);
          });
    }
  }

  @Test
  void a_clock_that_jumps_ahead_takes_no_lease_from_its_owner() {
    try (Lease lease = leases.take("sync a").orElseThrow()) {
      store.run(
          connection ->
              Query.of(connection, "UPDATE lease SET until = until - interval '1 hour'").update());

      store.run(lease::fence);
    }
  }

  @Test
  void nobody_takes_over_during_a_transaction_of_the_owner() {
    try (Lease lease = leases.take("sync a").orElseThrow()) {
      store.run(
          connection -> {
            lease.fence(connection);

            assertThatThrownBy(() -> impatiently("UPDATE lease SET token = token + 1"))
                .isInstanceOf(StoreException.class);
          });
    }
  }

  /** In a transaction of its own that does not wait for locks. */
  private int impatiently(String sql) {
    return store.transaction(
        other -> {
          Query.of(other, "SET LOCAL lock_timeout = '300ms'").update();
          return Query.of(other, sql).update();
        });
  }
}
