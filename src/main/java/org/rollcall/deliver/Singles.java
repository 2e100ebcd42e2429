package org.rollcall.deliver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.ContactQuery;
import org.rollcall.provider.Provider;
import org.rollcall.provider.SeenContact;
import org.rollcall.provider.SingleContact;
import org.rollcall.run.Run;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.rollcall.verify.Pull;

/**
 * Contacts whose address is too long for an import, sent one call each between its intention and
 * its outcome. They are few; whatever happens to one of them, the others go on.
 */
final class Singles {
  private final Store store;
  private final Batches batches;
  private final Refusals refusals;
  private final ListLinks links;
  private final Pull pull;

  Singles(Store store, Batches batches, Refusals refusals, ListLinks links, Pull pull) {
    this.store = store;
    this.batches = batches;
    this.refusals = refusals;
    this.links = links;
    this.pull = pull;
  }

  private record Single(
      long ord,
      String address,
      List<Integer> lists,
      @Nullable String contactId,
      @Nullable String fields) {}

  /**
   * @param listIds the provider's ids of lists by our numbers
   */
  void deliver(Run run, Provider provider, Map<Integer, String> listIds) {
    List<Single> singles =
        store.transaction(
            connection ->
                Query.named(connection, "deliver/singles")
                    .bind("account", run.account())
                    .bind("run", run.id())
                    .list(Singles::read));
    if (!singles.isEmpty()) {
      run.progress().step("sending contacts with long addresses");
    }
    for (Single single : singles) {
      List<String> ids = single.lists().stream().map(listIds::get).toList();
      send(run, provider, single, new SingleContact(single.address(), single.fields(), ids));
    }
  }

  private void send(Run run, Provider provider, Single single, SingleContact contact) {
    run.stopIfAsked();
    Batch batch =
        batches.intend(
            run,
            Batch.Kind.SINGLE,
            single.lists(),
            single.ord(),
            single.ord(),
            List.of(single.address()));
    try {
      if (single.contactId() == null) {
        create(provider, contact);
      } else {
        provider.updateContact(single.contactId(), contact);
      }
      batches.ended(run, batch.id(), "done", null);
    } catch (ProviderException e) {
      boolean refused = e.verdict() == Verdict.REFUSED;
      batches.ended(run, batch.id(), refused ? "refused" : "lost", e.getMessage());
      refused(run, provider, single, e);
    }
  }

  /** An address is unique at the provider, so a call without an answer is settled by reading. */
  private static void create(Provider provider, SingleContact contact) {
    try {
      provider.createContact(contact);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.READ_BACK && e.verdict() != Verdict.CONFLICT) {
        throw e;
      }
      Optional<SeenContact> there =
          provider
              .readContacts(new ContactQuery.WithAddress(contact.address()), null)
              .items()
              .stream()
              .findFirst();
      if (there.isPresent()) {
        provider.updateContact(there.get().id(), contact);
      } else if (e.verdict() == Verdict.READ_BACK) {
        provider.createContact(contact);
      } else {
        throw e;
      }
    }
  }

  /** What the provider holds otherwise than was known is read, and the next run decides anew. */
  private void refused(Run run, Provider provider, Single single, ProviderException e) {
    switch (e.verdict()) {
      case REFUSED -> {
        if (!links.someAreGone(run, provider, single.lists())) {
          refusals.record(run, single.address(), e.getMessage());
        }
      }
      case CONFLICT -> pull.look(run, provider, List.of(single.address()));
      case NOT_FOUND -> {
        if (!links.someAreGone(run, provider, single.lists())) {
          forget(run, single);
        }
      }
      default -> throw e;
    }
  }

  /** The contact is not there any more. */
  private void forget(Run run, Single single) {
    store.run(
        connection ->
            Query.of(
                    connection,
                    "DELETE FROM contact WHERE account_id = :account AND address = :address")
                .bind("account", run.account())
                .bind("address", single.address())
                .update());
  }

  private static Single read(ResultSet row) throws SQLException {
    List<Integer> lists = new ArrayList<>();
    for (int list : Query.ints(row, "lists")) {
      lists.add(list);
    }
    return new Single(
        row.getLong("ord"),
        row.getString("address"),
        lists,
        row.getString("contact_id"),
        row.getString("fields"));
  }
}
