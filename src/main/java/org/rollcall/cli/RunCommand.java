package org.rollcall.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.hub.Hub;
import org.rollcall.operate.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "The service: runs every sync by its schedule until it is stopped.",
      "A signal to terminate lets batches in hand finish; exit code 0, or 1 when one took too long."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin HubOptions options = new HubOptions();

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    AtomicReference<@Nullable Service> running = new AtomicReference<>();
    Hub hub = options.hub();
    hub.formerSyncs().find().forEach(former -> LOG.warn(former.sentence()));
    Thread onSignal = new Thread(() -> endOnSignal(running.get(), hub), "stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      Service service = Service.start(hub, Clock.systemUTC());
      running.set(service);
      int scheduled = service.scheduled();
      out.printf(
          "Rollcall is running, %d %s scheduled: %s%n",
          scheduled, scheduled == 1 ? "sync" : "syncs", service.url());
      firstLink(hub)
          .ifPresent(
              token ->
                  out.printf(
                      "Nobody can sign in yet. Whoever opens this link within 24 hours becomes the"
                          + " first administrator: %s/welcome/%s%n",
                      service.url(), token));
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      Runtime.getRuntime().removeShutdownHook(onSignal);
      hub.close();
      throw e;
    }
  }

  /** Where passwords open nothing, a link to choose one is no way in. */
  private static Optional<String> firstLink(Hub hub) {
    return hub.settings().service().localSignIn() ? hub.users().firstLink() : Optional.empty();
  }

  /** Left to itself, the JVM would report the signal instead of how the stop went. */
  private static void endOnSignal(@Nullable Service service, Hub hub) {
    boolean clean = service == null || service.stop();
    hub.close();
    LOG.info("stopped");
    Runtime.getRuntime().halt(clean ? ExitCode.DONE : ExitCode.FAILED);
  }
}
