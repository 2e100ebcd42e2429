package org.rollcall.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts further JVMs of this program with the same class path, one for each measurement. */
final class Children {
  private static final String PROGRAM = "org.rollcall.Rollcall";

  private final Path folder;
  private final Path installation;
  private final String heap;

  /**
   * @param folder where their figures go
   * @param heap of the measured ones, as {@code -Xmx} takes it
   */
  Children(Path folder, Path installation, String heap) {
    this.folder = folder;
    this.installation = installation;
    this.heap = heap;
  }

  /** A measured process that has ended. */
  record Ended(int code, String output, double seconds, Meter.Reading meter) {}

  Ended program(String... args) {
    return measured(PROGRAM, List.of(args), Map.of());
  }

  Ended bareRead(String url, String user, String password, String query) {
    return measured(
        BareRead.class.getName(), List.of(url, user, query), Map.of(BareRead.PASSWORD, password));
  }

  private Ended measured(String main, List<String> args, Map<String, String> environment) {
    try {
      Path figures = Files.createTempFile(folder, "meter", ".properties");
      List<String> command = java(heap);
      command.add("-D" + Meter.FILE + "=" + figures);
      command.add(Meter.class.getName());
      command.add(main);
      command.addAll(args);
      long began = System.nanoTime();
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Ended(code, output, seconds, Meter.Reading.of(figures));
    } catch (IOException e) {
      throw new IllegalStateException("a measured process does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  /** A process that runs until it is destroyed. */
  Process background(String heapOfIt, String... args) throws IOException {
    List<String> command = java(heapOfIt);
    command.add(PROGRAM);
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private List<String> java(String xmx) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(sharedClasses());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx" + xmx,
            "-Drollcall.installation=" + installation,
            "-cp",
            System.getProperty("java.class.path")));
    return command;
  }

  /** The class-data archive of the launcher, so that a start costs what it costs its users. */
  private static List<String> sharedClasses() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option -> option.startsWith("-XX:SharedArchiveFile=") || option.equals("-Xshare:auto"))
        .toList();
  }
}
