package org.rollcall.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.TestDatabase;
import org.rollcall.provider.Limits;
import org.rollcall.provider.constantcontact.ConstantContact;
import org.rollcall.store.Query;
import org.rollcall.store.Store;

/** One removal takes all its contacts off all its lists: which may travel together. */
class RemovalsTest {
  private static final Limits LIMITS = ConstantContact.LIMITS;
  private static final int ACCOUNT = 1;
  private static final int RUN = 7;

  private final Store store = new Store(TestDatabase.fresh());

  @BeforeEach
  void account() {
    execute("INSERT INTO account (name) VALUES ('main')");
  }

  @Test
  void contacts_that_leave_different_lists_travel_in_one_call() {
    leaves("ann@post.example", "{1}", "{}");
    leaves("ben@post.example", "{2}", "{}");

    assertThat(calls()).hasSize(1);
  }

  @Test
  void nobody_is_taken_off_a_list_he_stays_on() {
    leaves("ann@post.example", "{1}", "{2}");
    leaves("ben@post.example", "{2}", "{}");

    assertThat(calls()).hasSize(2);
  }

  @Test
  void nobody_is_taken_off_a_list_the_same_run_has_put_him_on() {
    leaves("ann@post.example", "{1}", "{}");
    joins("ann@post.example", "{2}");
    leaves("ben@post.example", "{2}", "{}");

    assertThat(calls()).hasSize(2);
  }

  private List<RemovalPacker.Call> calls() {
    RemovalPacker packer = new RemovalPacker(LIMITS);
    store.run(
        connection ->
            Query.named(connection, "deliver/removals")
                .bind("account", ACCOUNT)
                .bind("run", RUN)
                .bind("after", "")
                .bind("most", 100)
                .each(
                    row ->
                        packer.add(
                            new RemovalPacker.Removal(
                                row.getString("address"),
                                row.getString("contact_id"),
                                numbers(Query.ints(row, "lists")),
                                numbers(Query.ints(row, "others"))))));
    return new ArrayList<>(packer.rest());
  }

  private static Set<Integer> numbers(int[] values) {
    Set<Integer> numbers = new HashSet<>();
    for (int value : values) {
      numbers.add(value);
    }
    return numbers;
  }

  private void leaves(String address, String lists, String others) {
    execute(
        "INSERT INTO contact (account_id, address, contact_id, permission, seen_at) VALUES (1, '"
            + address
            + "', 'id of "
            + address
            + "', 'implicit', now())");
    change("remove", address, lists, others);
  }

  private void joins(String address, String lists) {
    change("import", address, lists, "{}");
  }

  private void change(String action, String address, String lists, String others) {
    execute(
        "INSERT INTO change (account_id, run_id, sync_id, action, address, lists, others) VALUES"
            + " (1, 7, 1, '%s', '%s', '%s', '%s')".formatted(action, address, lists, others));
  }

  private void execute(String sql) {
    store.run(connection -> Query.of(connection, sql).update());
  }
}
