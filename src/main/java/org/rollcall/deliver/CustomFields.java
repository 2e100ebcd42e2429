package org.rollcall.deliver;

import java.util.List;
import java.util.Set;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.Provider;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.run.Run;
import org.rollcall.store.Store;

/**
 * Every column of the source that is no part of the row contract has its custom field. One that the
 * provider refuses becomes a dead letter; the contacts are sent without it, and it is not tried
 * again until it is replayed.
 */
public final class CustomFields {
  private final Store store;
  private final DeadLetters deadLetters;

  public CustomFields(Store store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  public void ensure(Run run, Provider provider, List<String> columns) {
    List<String> missing = provider.missingCustomFields(columns);
    if (missing.isEmpty()) {
      return;
    }
    Set<String> givenUp = deadLetters.givenUp(run, Kind.FIELD);
    for (String column : missing) {
      if (!givenUp.contains(column)) {
        create(run, provider, column);
      }
    }
  }

  private void create(Run run, Provider provider, String column) {
    try {
      provider.createCustomField(column);
    } catch (ProviderException e) {
      if (!isRefused(provider, column, e)) {
        return;
      }
      refused(run, column, e.getMessage());
    }
  }

  /** A label is unique at the provider, so a call without an answer is settled by reading. */
  private static boolean isRefused(Provider provider, String column, ProviderException e) {
    boolean there =
        (e.verdict() == Verdict.READ_BACK || e.verdict() == Verdict.CONFLICT)
            && provider.missingCustomFields(List.of(column)).isEmpty();
    if (there) {
      return false;
    }
    if (e.verdict() != Verdict.REFUSED && e.verdict() != Verdict.CONFLICT) {
      throw e;
    }
    return true;
  }

  private void refused(Run run, String column, String reason) {
    store.run(
        connection -> {
          run.fence(connection);
          deadLetters.keep(
              connection,
              run,
              new Letter(
                  Kind.FIELD,
                  null,
                  null,
                  column,
                  "the column \"" + column + "\" did not become a custom field: " + reason,
                  "rename the column or take it out of the query, or replay when the reason no"
                      + " longer holds; contacts are sent without it"));
        });
    run.counts().failed++;
  }
}
