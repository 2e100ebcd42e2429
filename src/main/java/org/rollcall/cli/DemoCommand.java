package org.rollcall.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.demo.Demo;
import org.rollcall.demo.DemoReport;
import org.rollcall.demo.DemoText;
import org.rollcall.operate.Service;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Shows the whole job on a made-up association and a stand-in provider.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "the demo's own folder, made afresh; default: data/demo of the installation")
  @Nullable Path home;

  @Option(names = "--once", description = "ends after the story instead of staying up")
  boolean once;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Option(names = "--log-level", paramLabel = "LEVEL", description = "error, warn, info, debug")
  LogLevel logLevel = LogLevel.WARN;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    TerminalProgress progress = new TerminalProgress();
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Path installation = HubOptions.installation();
    Path folder = home == null ? installation.resolve("data/demo") : home.toAbsolutePath();
    try (Demo demo = Demo.start(folder.normalize(), installation, err::println, progress)) {
      DemoReport report = demo.play();
      progress.done();
      if (json) {
        out.println(Output.json(report));
      } else {
        new DemoText(out).print(report);
      }
      if (!once) {
        stay(demo, err, stopped, closed);
      }
      return report.exact() ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      closed.countDown();
    }
  }

  private static void stay(
      Demo demo, PrintWriter err, CountDownLatch stopped, CountDownLatch closed)
      throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(stopped, closed)));
    try (Service service = Service.start(demo.hub(), Clock.systemUTC())) {
      tell(demo, service, err);
      stopped.await();
    }
  }

  private static void tell(Demo demo, Service service, PrintWriter err) {
    err.printf("%nThe demo stays up until you press Ctrl-C.%n");
    err.printf("  the console:  %s%n", service.url());
    demo.hub()
        .users()
        .firstLink()
        .ifPresent(
            token ->
                err.printf(
                    "  sign in by:   %s/welcome/%s (good once, for the first administrator)%n",
                    service.url(), token));
    err.printf("  the provider, with everything it holds: %s%n", demo.providerPage());
    err.printf("  sync again:   ./rollcall sync %s --home %s%n", Demo.SYNC, demo.home());
    err.printf(
        "  who and why:  ./rollcall status %s --members --home %s%n", Demo.SYNC, demo.home());
  }

  private static void endInOrder(CountDownLatch stopped, CountDownLatch closed) {
    stopped.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
