package org.rollcall.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.MemberFile;
import org.rollcall.hub.Hub;
import org.rollcall.run.Runs;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.DropSettings.Content;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = "Reads one file of members and runs the sync with it.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ImportCommand.class);

  @Mixin HubOptions options = new HubOptions();

  @Parameters(index = "0", paramLabel = "SYNC", description = "the sync, as in rollcall.syncs.NAME")
  String sync = "";

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "CSV, XLSX or JSON Lines; packed or not")
  Path path = Path.of("");

  @Option(
      names = "--drop",
      paramLabel = "NAME",
      description = "the drop whose settings say what is in the file; default: the sync's only one")
  @Nullable String drop;

  @Option(
      names = "--content",
      paramLabel = "CONTENT",
      description = "full, additions or removals; default: as in the drop's settings, else full")
  @Nullable String content;

  @Option(names = "--force", description = "take it although it is older than another, or the same")
  boolean force;

  @Option(
      names = "--dry-run",
      description = "show how the file is understood and what would happen; change nothing")
  boolean dryRun;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  @Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (!Files.isRegularFile(path)) {
      throw wrong("there is no file " + path);
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (Hub hub = options.hub()) {
      DropSettings rules = rules(hub);
      warnOfRoute(hub);
      AtomicReference<MemberFile> seen = new AtomicReference<>();
      TerminalProgress progress = new TerminalProgress();
      List<Runs.Record> runs = run(hub, rules, seen, progress);
      progress.done();
      ImportReport report = new ImportReport(hub, out, Objects.requireNonNull(seen.get()));
      if (json) {
        report.json(runs, dryRun);
      } else {
        report.print(runs, dryRun);
      }
      return report.exitCode(runs);
    } catch (IOException e) {
      throw new IllegalStateException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Runs.Record> run(
      Hub hub, DropSettings rules, AtomicReference<MemberFile> seen, TerminalProgress progress)
      throws IOException {
    return hub.reception()
        .importFile(path, rules, force, dryRun, hub.syncs()::take, progress, seen::set);
  }

  private void warnOfRoute(Hub hub) {
    String route = hub.settings().sync(sync).members();
    if (route != null) {
      LOG.warn(
          "sync {} reads its members by {}; its next reading replaces what this file says",
          sync,
          route);
    }
  }

  private DropSettings rules(Hub hub) {
    hub.settings().sync(sync);
    DropSettings rules = chosen(hub);
    return content == null ? rules : rules.with(content());
  }

  private DropSettings chosen(Hub hub) {
    List<DropSettings> drops =
        hub.settings().drops().values().stream()
            .filter(candidate -> candidate.sync().equals(sync))
            .filter(candidate -> drop == null || candidate.name().equals(drop))
            .toList();
    if (drop != null && drops.isEmpty()) {
      throw wrong("sync " + sync + " has no drop " + drop);
    }
    if (drops.size() > 1) {
      throw wrong(
          "sync %s has several drops; choose with --drop %s"
              .formatted(
                  sync,
                  String.join(" or --drop ", drops.stream().map(DropSettings::name).toList())));
    }
    return drops.isEmpty()
        ? DropSettings.byHand(sync, hub.settings().home().resolve("drops/by-hand"))
        : drops.get(0);
  }

  private Content content() {
    for (Content known : Content.values()) {
      if (known.word().equals(Objects.requireNonNull(content).toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw wrong("\"" + content + "\" is not a content; use full, additions or removals");
  }

  private ParameterException wrong(String what) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
  }
}
