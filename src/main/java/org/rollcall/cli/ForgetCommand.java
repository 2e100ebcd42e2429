package org.rollcall.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.contract.Output;
import org.rollcall.erasure.Dossier;
import org.rollcall.erasure.DossierFile;
import org.rollcall.erasure.Unclear;
import org.rollcall.hub.ErasureText;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "forget",
    description = "Exports what the hub holds about one person, then erases it and keeps it away.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @Mixin HubOptions options = new HubOptions();

  @Parameters(paramLabel = "ADDRESS|KEY", description = "the person's address or member key")
  String who = "";

  @Option(names = "--sync", paramLabel = "NAME", description = "when several syncs have the key")
  @Nullable String sync;

  @Option(names = "--yes", description = "erase without asking; without it and a terminal: show")
  boolean yes;

  @Option(names = "--json", description = "print the export as JSON instead of writing a file")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    try (Hub hub = options.hub()) {
      if (sync != null) {
        hub.settings().sync(sync);
      }
      return run(hub, command.getOut(), command.getErr());
    } catch (Unclear e) {
      command.getErr().println(e.getMessage());
      return ExitCode.USAGE;
    }
  }

  private int run(Hub hub, PrintWriter out, PrintWriter err) {
    Dossier found = hub.forgetting().look(who, sync);
    if (found.empty()) {
      return nothingHeld(found, out, err);
    }
    ErasureText report = new ErasureText(hub);
    boolean erase = yes;
    if (!json) {
      report.lines(found).forEach(out::println);
      erase = yes || agreed();
    }
    if (!erase) {
      out.println(json ? report.json(found, false) : "nothing was erased; --yes erases");
      return ExitCode.DONE;
    }
    AtomicReference<@Nullable Path> file = new AtomicReference<>();
    Dossier erased =
        hub.forgetting()
            .forget(
                who, sync, HubOptions.user(), dossier -> file.set(export(hub, dossier, report)));
    HubOptions.note(hub, "erased a member", null, null);
    if (json) {
      out.println(report.json(erased, true));
    } else {
      out.println("exported to " + file.get() + "; it is the only copy: hand it over or delete it");
      out.println("erased; a later import does not bring the person back");
      out.println("lift it with: rollcall remember, and the same address or key");
    }
    return ExitCode.DONE;
  }

  private @Nullable Path export(Hub hub, Dossier dossier, ErasureText report) {
    return json
        ? null
        : DossierFile.write(hub.settings().home(), Instant.now(), report.json(dossier, true));
  }

  private int nothingHeld(Dossier found, PrintWriter out, PrintWriter err) {
    Dossier.Before before = found.before();
    if (before == null) {
      err.println(
          "the hub holds nothing under this address or key; rollcall status NAME --members shows"
              + " all members");
      return ExitCode.USAGE;
    }
    out.println(
        json
            ? Output.json(Map.of("erased", true, "at", before.at()))
            : "this person was erased at " + before.at() + "; the hub holds nothing more");
    return ExitCode.DONE;
  }

  private static boolean agreed() {
    return Terminal.console()
        .map(console -> console.readLine("Erase this person? Type yes to go on: "))
        .filter("yes"::equals)
        .isPresent();
  }
}
