package org.rollcall.deliver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.deliver.KnownLists.Known;
import org.rollcall.pace.ProviderException;
import org.rollcall.pace.ProviderException.Verdict;
import org.rollcall.provider.Page;
import org.rollcall.provider.Provider;
import org.rollcall.provider.RemoteList;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.Job;
import org.rollcall.run.Run;
import org.rollcall.store.Store;

/**
 * Every selected group has its list: one of the same name is adopted, a missing one is created. A
 * list that staff deleted is not made again behind their back, and one that the provider refuses
 * keeps no other from being made; each becomes a dead letter.
 */
public final class ListLinks {
  private final KnownLists lists;
  private final MetLists met;

  public ListLinks(Store store, DeadLetters deadLetters) {
    this.lists = new KnownLists(store, deadLetters);
    this.met = new MetLists(store);
  }

  /**
   * Links every wanted list; in the lists job also looks whether the linked ones are still there.
   *
   * @return whether lists were adopted whose members have still to be read
   */
  public boolean adopt(Run run, Provider provider) {
    List<Known> wanted = lists.wanted(run);
    if (run.job() != Job.LISTS
        && run.reconciling() == null
        && wanted.stream().noneMatch(list -> list.is("wanted"))) {
      return false;
    }
    run.progress().step("matching lists");
    List<RemoteList> remote = readAll(provider);
    markGone(run, wanted, remote);
    boolean adopted = false;
    Map<String, RemoteList> byName = new HashMap<>();
    remote.forEach(list -> byName.putIfAbsent(list.name().toLowerCase(Locale.ROOT), list));
    remote.forEach(list -> byName.put(list.name(), list));
    for (Known list : wanted) {
      if (list.is("wanted")) {
        RemoteList existing = named(list, byName);
        count(run, existing);
        adopted |= met.note(run, list.number(), existing == null ? null : existing.id());
        adopted |= !run.looksOnly() && link(run, provider, list, byName);
      } else if (list.is("refused") && !run.looksOnly()) {
        adopted |= linkExisting(run, list, byName);
      }
    }
    return adopted;
  }

  /** Whether one of these lists is gone; a call that was refused may have named it. */
  boolean someAreGone(Run run, Provider provider, List<Integer> numbers) {
    markGone(run, lists.wanted(run), readAll(provider));
    return lists.wanted(run).stream()
        .anyMatch(list -> list.is("gone") && numbers.contains(list.number()));
  }

  private static @Nullable RemoteList named(Known list, Map<String, RemoteList> byName) {
    RemoteList exact = byName.get(list.name());
    return exact != null ? exact : byName.get(list.name().toLowerCase(Locale.ROOT));
  }

  private static void count(Run run, @Nullable RemoteList existing) {
    if (existing == null) {
      run.counts().createList++;
    } else {
      run.counts().adoptList++;
    }
  }

  private boolean linkExisting(Run run, Known list, Map<String, RemoteList> byName) {
    RemoteList existing = named(list, byName);
    if (existing == null) {
      return false;
    }
    lists.live(run, list, existing, true);
    return true;
  }

  private boolean link(Run run, Provider provider, Known list, Map<String, RemoteList> byName) {
    if (linkExisting(run, list, byName)) {
      return true;
    }
    try {
      lists.live(run, list, create(provider, list.name()), false);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.REFUSED && e.verdict() != Verdict.CONFLICT) {
        throw e;
      }
      lists.refused(run, list, e.getMessage());
    }
    return false;
  }

  /** A name is unique at the provider, so a call without an answer is settled by reading. */
  private static RemoteList create(Provider provider, String name) {
    try {
      return provider.createList(name);
    } catch (ProviderException e) {
      if (e.verdict() != Verdict.READ_BACK && e.verdict() != Verdict.CONFLICT) {
        throw e;
      }
      Optional<RemoteList> made =
          readAll(provider).stream().filter(list -> list.name().equalsIgnoreCase(name)).findFirst();
      return made.orElseThrow(() -> e);
    }
  }

  private static List<RemoteList> readAll(Provider provider) {
    Page<RemoteList> page = provider.readLists(null);
    List<RemoteList> all = new ArrayList<>(page.items());
    while (page.next() != null) {
      page = provider.readLists(page.next());
      all.addAll(page.items());
    }
    return all;
  }

  private void markGone(Run run, List<Known> wanted, List<RemoteList> remote) {
    if (run.scope().dryRun()) {
      return;
    }
    Set<String> there = new HashSet<>();
    remote.forEach(list -> there.add(list.id()));
    for (Known list : wanted) {
      if (list.is("live") && !there.contains(String.valueOf(list.providerId()))) {
        lists.gone(run, list);
      }
    }
  }
}
