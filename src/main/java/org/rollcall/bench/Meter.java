package org.rollcall.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;

/**
 * A program around a program: starts the one named first and notes, when the process ends, what it
 * used. The processor's time is that of the whole process from its first instruction on.
 */
public final class Meter {
  /** The system property that says where to write the figures. */
  static final String FILE = "rollcall.bench.meter";

  private Meter() {}

  /**
   * @param processorNanos user and system time of all threads, garbage collection and compilers
   *     included
   * @param heapPeakBytes the peaks of all heap pools added up, which is more than was ever used at
   *     once
   * @param residentPeakBytes of the process, 0 where the system does not tell
   */
  record Reading(
      long processorNanos, long heapPeakBytes, long residentPeakBytes, long collections) {
    static Reading of(Path file) {
      Properties figures = new Properties();
      try (var in = Files.newBufferedReader(file)) {
        figures.load(in);
      } catch (IOException e) {
        throw new IllegalStateException("the measured process wrote no figures", e);
      }
      return new Reading(
          number(figures, "processor"),
          number(figures, "heap"),
          number(figures, "resident"),
          number(figures, "collections"));
    }

    private static long number(Properties figures, String name) {
      return Long.parseLong(figures.getProperty(name, "0"));
    }
  }

  public static void main(String[] args) throws ReflectiveOperationException {
    Runtime.getRuntime().addShutdownHook(new Thread(Meter::write));
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void write() {
    Path file = Path.of(System.getProperty(FILE));
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(peak -> peak.getUsed())
            .sum();
    long collections =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionCount)
            .sum();
    try {
      Files.writeString(
          file,
          "heap=%d%ncollections=%d%nresident=%d%nprocessor=%d%n"
              .formatted(heap, collections, resident(), system.getProcessCpuTime()));
    } catch (IOException e) {
      System.err.println("the figures cannot be written: " + e.getMessage());
    }
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
