package org.rollcall.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.provider.Page;
import org.rollcall.provider.SeenContact;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** A contact was given another address at the provider. */
class MovedTest {
  private final Store store = new Store(TestDatabase.fresh());

  @BeforeEach
  void known() {
    execute("INSERT INTO account (name) VALUES ('main')");
    execute(
        "INSERT INTO contact (account_id, address, contact_id, permission, seen_at)"
            + " VALUES (1, 'old@post.example', 'c1', 'implicit', now())");
    execute(
        "INSERT INTO membership (account_id, list_no, address, owned, confirmed_at)"
            + " VALUES (1, 1, 'old@post.example', true, now())");
  }

  @Test
  void what_was_known_goes_over_to_the_new_address() {
    seen("new@post.example", false);

    assertThat(count("contact WHERE address = 'old@post.example'")).isZero();
    assertThat(count("contact WHERE address = 'new@post.example' AND contact_id = 'c1'")).isOne();
    assertThat(count("membership WHERE address = 'new@post.example' AND owned")).isOne();
  }

  @Test
  void the_old_address_of_somebody_who_opted_out_meanwhile_stays_unsubscribed() {
    seen("new@post.example", true);

    assertThat(count("contact WHERE permission = 'unsubscribed' AND deleted")).isEqualTo(1);
    assertThat(count("membership")).isZero();
  }

  @Test
  void the_old_address_of_somebody_who_had_opted_out_stays_unsubscribed() {
    execute("UPDATE contact SET permission = 'unsubscribed'");

    seen("new@post.example", false);

    assertThat(count("contact WHERE permission = 'unsubscribed' AND deleted")).isEqualTo(1);
  }

  private void seen(String address, boolean unsubscribed) {
    store.run(
        connection -> {
          add(connection, address, unsubscribed);
          Query.named(connection, "verify/moved").bind("account", 1).update();
        });
  }

  private static void add(Connection connection, String address, boolean unsubscribed)
      throws SQLException {
    String permission = unsubscribed ? "unsubscribed" : "implicit";
    SeenContact contact =
        new SeenContact(
            "c1",
            address,
            permission,
            unsubscribed,
            false,
            null,
            null,
            null,
            List.of(),
            null,
            null,
            null);
    new SeenContacts(connection, erased -> false)
        .add(new Page<>(List.of(contact), null, null, 1, null));
  }

  private long count(String rows) {
    return store.transaction(
        connection -> Query.of(connection, "SELECT count(*) FROM " + rows).number());
  }

  private void execute(String sql) {
    store.run(connection -> Query.of(connection, sql).update());
  }
}
