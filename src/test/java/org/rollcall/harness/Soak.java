package org.rollcall.harness;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rollcall.hub.Hub;
import org.rollcall.route.Syncs;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Scope;
import org.rollcall.settings.SettingsReader;

/**
 * A hub that runs its sync again and again, in a process of its own, and says after each run what
 * it still holds. Every third run reads everything back.
 */
final class Soak {
  private static final int AT_LEAST = 7;

  private Soak() {}

  /**
   * @param args the home, and for how many seconds
   */
  public static void main(String[] args) {
    long begun = System.nanoTime();
    Path home = Path.of(args[0]);
    try (Hub hub =
        Hub.open(SettingsReader.read(home, Map.of(), Map.of()), Path.of("").toAbsolutePath())) {
      Syncs syncs = hub.syncs();
      for (int i = 0; i < AT_LEAST || seconds(begun) < Long.parseLong(args[1]); i++) {
        List<Runs.Record> runs =
            i % 3 == 2
                ? syncs.reconcile(Scene.SYNC, Scene.BOTH, Scope.ALL, Progress.NONE)
                : syncs.run(Scene.SYNC, Scene.BOTH, Scope.ALL, Progress.NONE);
        Runs.Record last = runs.get(runs.size() - 1);
        System.out.printf("run %s %d %d%n", last.state(), heap(), threads());
      }
    }
  }

  private static long seconds(long begun) {
    return (System.nanoTime() - begun) / 1_000_000_000;
  }

  /** What is left when nothing is waste. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
