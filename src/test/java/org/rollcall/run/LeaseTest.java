package org.rollcall.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.store.StoreException;

class LeaseTest {
  private static final int AT_ONCE = 8;

  private final Store store = new Store(TestDatabase.fresh());
  private final Leases leases = new Leases(store);

  @AfterEach
  void close() {
    leases.close();
  }

  @Test
  void of_many_who_want_a_new_lease_at_once_one_gets_it_and_nobody_fails() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (int round = 0; round < 100; round++) {
        String name = "sync " + round;
        List<Callable<Optional<Lease>>> all = Collections.nCopies(AT_ONCE, () -> leases.take(name));
        List<Lease> taken = new ArrayList<>();
        for (Future<Optional<Lease>> one : threads.invokeAll(all)) {
          one.get().ifPresent(taken::add);
        }
        assertThat(taken).as(name).hasSize(1);
        taken.forEach(Lease::close);
      }
    } finally {
      threads.shutdownNow();
    }
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

  @Test
  void a_heartbeat_that_comes_after_the_end_neither_takes_a_session_nor_brings_the_lease_back()
      throws SQLException {
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(store.pool());
      pool.setMaximumPoolSize(2);
      Store own = new Store(pool);
      leases.take("sync a").orElseThrow().close();
      Tenure tenure = new Tenure(own, "sync a", 1, pool.getConnection());
      tenure.end();

      tenure.renew();

      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      leases.take("sync a").orElseThrow().close();
    }
  }
}
