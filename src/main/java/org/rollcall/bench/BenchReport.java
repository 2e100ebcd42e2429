package org.rollcall.bench;

import java.util.List;
import org.rollcall.bench.BenchSource.Difference;
import org.rollcall.bench.BenchSource.Minimum;
import org.rollcall.bench.Provider.Requests;

/**
 * The figures of one run.
 *
 * @param exact whether the provider held exactly what the rules say after every phase
 */
public record BenchReport(
    long members,
    int groups,
    String hubHeap,
    Cost start,
    Cost bareStart,
    Cost bare,
    List<Phase> phases,
    boolean unchangedWroteNothing,
    boolean exact) {

  /**
   * What a process used.
   *
   * @param hubSeconds processor time of the measured JVM
   * @param databaseSeconds processor time of PostgreSQL meanwhile
   */
  public record Cost(long rows, double seconds, double hubSeconds, double databaseSeconds) {
    double both() {
      return hubSeconds + databaseSeconds;
    }
  }

  /**
   * One sync.
   *
   * @param afterSeconds processor time of PostgreSQL to tidy up behind it: vacuum, statistics,
   *     checkpoint
   * @param contacts expected and compared at the provider
   * @param fewest the arithmetic minimum of requests
   */
  public record Phase(
      String name,
      String state,
      Cost cost,
      double afterSeconds,
      long heapPeakBytes,
      long residentPeakBytes,
      Requests requests,
      Minimum minimum,
      long fewest,
      Ratios ratios,
      long contacts,
      long memberships,
      List<Difference> differences) {
    boolean exact() {
      return state.equals("completed") && differences.isEmpty();
    }
  }

  /**
   * The cost beside the bare read of the same rows.
   *
   * @param bothWithoutStart hub and database together, what a start costs by itself taken off both
   *     sides
   */
  public record Ratios(
      double hub, double database, double both, double hubWithoutStart, double bothWithoutStart) {
    static Ratios of(Cost cost, Cost start, Cost bare, Cost bareStart) {
      return new Ratios(
          ratio(cost.hubSeconds(), bare.hubSeconds()),
          ratio(cost.databaseSeconds(), bare.databaseSeconds()),
          ratio(cost.both(), bare.both()),
          ratio(cost.hubSeconds() - start.hubSeconds(), bare.hubSeconds() - bareStart.hubSeconds()),
          ratio(cost.both() - start.both(), bare.both() - bareStart.both()));
    }

    private static double ratio(double amount, double unit) {
      return unit <= 0 ? 0 : Math.round(amount / unit * 100) / 100.0;
    }
  }
}
