package org.rollcall.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.provider.Limits;

/**
 * How the contacts of a plan are grouped into imports so that the calls are few. An import adds all
 * its rows to all its lists, so a contact that needs the lists A and B either travels in an import
 * for exactly {A, B}, or in full in one for {A} and with its address alone in one for {B}. A few
 * large combinations are cheapest on their own, hundreds of small ones are cheapest list by list;
 * the layout counts the calls for every cut between the two and takes the best.
 *
 * @param own combinations that get imports of their own, with their parcel's number
 * @param single the parcel of each single list; the lower the number the rather it carries the
 *     fields of a contact that is on several
 * @param imports the number of imports this takes
 */
public record ImportLayout(
    Map<List<Integer>, Integer> own, Map<Integer, Integer> single, long imports) {

  static ImportLayout of(List<Combination> combinations, Limits limits) {
    List<Combination> large = new ArrayList<>();
    for (Combination combination : combinations) {
      int size = combination.lists().size();
      if (size > 1 && size <= limits.importLists()) {
        large.add(combination);
      }
    }
    large.sort(Comparator.comparingLong(Combination::wholeBytes).reversed());
    List<Integer> order = listsByLoad(combinations);
    Loads loads = new Loads(order, limits);
    combinations.stream().filter(c -> !large.contains(c)).forEach(loads::spread);
    long ownCalls = large.stream().mapToLong(c -> calls(c, limits)).sum();

    int best = large.size();
    long fewest = ownCalls + loads.calls();
    for (int kept = large.size() - 1; kept >= 0; kept--) {
      ownCalls -= calls(large.get(kept), limits);
      loads.spread(large.get(kept));
      if (ownCalls + loads.calls() < fewest) {
        fewest = ownCalls + loads.calls();
        best = kept;
      }
    }
    return numbered(large.subList(0, best), order, fewest);
  }

  private static ImportLayout numbered(List<Combination> kept, List<Integer> order, long imports) {
    Map<Integer, Integer> single = new LinkedHashMap<>();
    order.forEach(list -> single.put(list, single.size()));
    Map<List<Integer>, Integer> own = new LinkedHashMap<>();
    kept.forEach(combination -> own.put(combination.lists(), single.size() + own.size()));
    return new ImportLayout(own, single, imports);
  }

  /** The lists of a parcel. */
  public Map<Integer, List<Integer>> parcels() {
    Map<Integer, List<Integer>> parcels = new LinkedHashMap<>();
    single.forEach((list, parcel) -> parcels.put(parcel, List.of(list)));
    own.forEach((lists, parcel) -> parcels.put(parcel, lists));
    return parcels;
  }

  private static List<Integer> listsByLoad(List<Combination> combinations) {
    Map<Integer, Long> load = new HashMap<>();
    for (Combination combination : combinations) {
      for (Integer list : carriers(combination)) {
        load.merge(list, combination.wholeBytes(), Long::sum);
      }
    }
    List<Integer> order = new ArrayList<>(load.keySet());
    order.sort(
        Comparator.comparingLong((Integer list) -> load.getOrDefault(list, 0L))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return order;
  }

  private static List<Integer> carriers(Combination combination) {
    return combination.lists().isEmpty() ? combination.standing() : combination.lists();
  }

  private static long calls(Combination combination, Limits limits) {
    return calls(combination.wholeBytes(), combination.count(), limits);
  }

  private static long calls(long bytes, long rows, Limits limits) {
    return Math.max(ceil(bytes, limits.importBytes()), ceil(rows, limits.importRows()));
  }

  private static long ceil(long amount, long unit) {
    return (amount + unit - 1) / unit;
  }

  /** What each single list's imports have to carry. */
  private static final class Loads {
    private final Map<Integer, Integer> priority = new HashMap<>();
    private final long[] bytes;
    private final long[] rows;
    private final Limits limits;

    Loads(List<Integer> order, Limits limits) {
      order.forEach(list -> priority.put(list, priority.size()));
      bytes = new long[order.size()];
      rows = new long[order.size()];
      this.limits = limits;
    }

    void spread(Combination combination) {
      int carrier = carriers(combination).stream().mapToInt(this::place).min().orElse(-1);
      if (carrier < 0) {
        return;
      }
      add(carrier, combination.wholeBytes(), combination.count());
      for (Integer list : combination.lists()) {
        if (place(list) != carrier) {
          add(place(list), combination.bareBytes(), combination.count());
        }
      }
    }

    private int place(Integer list) {
      return priority.getOrDefault(list, -1);
    }

    private void add(int place, long moreBytes, long moreRows) {
      bytes[place] += moreBytes;
      rows[place] += moreRows;
    }

    long calls() {
      long calls = 0;
      for (int i = 0; i < bytes.length; i++) {
        calls += ImportLayout.calls(bytes[i], rows[i], limits);
      }
      return calls;
    }
  }
}
