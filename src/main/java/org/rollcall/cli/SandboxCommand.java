package org.rollcall.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.sandbox.Sandbox;
import org.rollcall.sandbox.SandboxOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "sandbox",
    description = "A stand-in for Constant Contact on this machine, to rehearse on your own data.",
    mixinStandardHelpOptions = true)
final class SandboxCommand implements Callable<Integer> {
  @Option(names = "--port", description = "default ${DEFAULT-VALUE}; 0 takes a free one")
  int port = 8089;

  @Option(
      names = "--unlimited",
      description = "lifts the rate and the day's quota, to measure the hub alone")
  boolean unlimited;

  @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info, debug")
  LogLevel logLevel = LogLevel.WARN;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65535) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "a port lies between 0 and 65535");
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    SandboxOptions defaults = SandboxOptions.defaults().withPort(port);
    SandboxOptions options = unlimited ? defaults.withLimits(0, Integer.MAX_VALUE) : defaults;
    CountDownLatch stopped = new CountDownLatch(1);
    try (Sandbox sandbox = Sandbox.start(options)) {
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
      out.println(sandbox.startText());
      stopped.await();
    }
    return ExitCode.DONE;
  }
}
