package org.rollcall.drop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DropLedger.Ending;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.file.FileException;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes files in: finds them whole, gives each to a run of its sync once, and files it away. A file
 * stays in hand until its members are in the hub's state, whatever happens meanwhile.
 */
public final class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private static final Duration LONGEST_RENAMING = Duration.ofMinutes(10);

  /** What a run has broken off is not begun again at once. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final DropLedger ledger;
  private final Filing filing;
  private final Clock clock;
  private final Function<String, Target> targets;
  private final Map<String, DropSettings> drops;
  private final Map<String, DropFolder> folders = new HashMap<>();
  private final Troubles troubles;
  private final Map<Long, Instant> notBefore = new ConcurrentHashMap<>();
  private volatile @Nullable Runner runner;

  /**
   * @param targets the numbers of a sync by its name
   */
  public Reception(
      DropLedger ledger,
      Refusals refusals,
      Clock clock,
      Function<String, Target> targets,
      Map<String, DropSettings> drops) {
    this.ledger = ledger;
    this.filing = new Filing(ledger, refusals, clock);
    this.clock = clock;
    this.targets = targets;
    this.troubles = new Troubles(clock);
    this.drops = new TreeMap<>(drops);
    drops.forEach((name, drop) -> folders.put(name, new DropFolder(drop, clock)));
  }

  /** Runs the jobs of a sync with the members of a file. */
  @FunctionalInterface
  public interface Runner {
    /**
     * @param patient whether to wait for a run that is under way
     * @param claim asked once this process alone may work on the sync
     * @return empty when another run is under way, or the claim is refused
     */
    Optional<List<Runs.Record>> run(
        MemberFile file, boolean dryRun, boolean patient, Progress progress, BooleanSupplier claim);
  }

  /** From now on the folders are watched; before, routes that ask for files get none. */
  public void serve(Runner runs) {
    runner = runs;
  }

  /** No further file is taken. */
  public void stop() {
    runner = null;
  }

  /**
   * The files of a drop that are in hand, the oldest first; takes those that have become whole. For
   * {@code kamelet:member-file-source}.
   *
   * @throws IllegalArgumentException when there is no such drop
   */
  public synchronized List<MemberFile> files(String name) {
    DropSettings drop = drop(name);
    if (runner == null) {
      return List.of();
    }
    Target target = targets.apply(drop.sync());
    DropFolder folder = Objects.requireNonNull(folders.get(name));
    try {
      sweep(drop, folder, target);
      folder.whole().forEach(entry -> take(entry, drop, folder, target));
      List<MemberFile> files = inHand(drop, folder, target);
      troubles.over(name);
      return files;
    } catch (IOException e) {
      troubles.tell(name, "the folder cannot be looked through: " + told(e));
      return List.of();
    }
  }

  private DropSettings drop(String name) {
    DropSettings drop = drops.get(name);
    if (drop == null) {
      throw new IllegalArgumentException(
          "there is no drop %s; the drops are %s"
              .formatted(name, String.join(", ", drops.keySet())));
    }
    return drop;
  }

  private void take(Path entry, DropSettings drop, DropFolder folder, Target target) {
    String name = FileName.printable(String.valueOf(entry.getFileName()));
    long id = ledger.begin(target, drop, name);
    try {
      // where the ledger is older than the folder, numbers come again
      while (folder.isInHand(id) && !entry.equals(folder.taken(id))) {
        ledger.forget(id);
        id = ledger.begin(target, drop, name);
      }
      if (!folder.take(entry, id)) {
        ledger.forget(id);
      }
    } catch (IOException e) {
      LOG.warn("drop {}: {} cannot be taken, and is tried again: {}", drop.name(), name, told(e));
      forgetIfGone(folder, id);
    }
  }

  /**
   * A renaming that failed may have come about; then its entry is the only one to know the name.
   */
  private void forgetIfGone(DropFolder folder, long id) {
    try {
      if (!folder.isInHand(id)) {
        ledger.forget(id);
      }
    } catch (IOException e) {
      LOG.warn("whether file {} of rollcall drops was taken is found out later: {}", id, told(e));
    }
  }

  static String told(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** Files away what was settled and is left in hand, and deletes what is kept too long. */
  private void sweep(DropSettings drop, DropFolder folder, Target target) throws IOException {
    filing.deleteOutdated(target, drop, folder);
    DropFolder.InHand left = folder.inHand();
    for (long id : left.files()) {
      find(id, drop)
          .ifPresentOrElse(
              entry -> filing.sort(folder, entry), () -> takeUnknown(id, drop, folder, target));
    }
    for (long id : left.reports()) {
      find(id, drop).ifPresent(entry -> Filing.fileReport(folder, entry));
    }
  }

  /** The entry of a number, unless it is about a file of another drop. */
  private Optional<Entry> find(long id, DropSettings drop) {
    return ledger
        .find(id)
        .filter(entry -> entry.drop().equals(drop.name()) && entry.sync().equals(drop.sync()));
  }

  /** The ledger may be older than the folder, after a restore for one. */
  private void takeUnknown(long id, DropSettings drop, DropFolder folder, Target target) {
    LOG.warn("drop {}: taken/{} is not known, and is taken like a new file", drop.name(), id);
    take(folder.taken(id), drop, folder, target);
  }

  private List<MemberFile> inHand(DropSettings drop, DropFolder folder, Target target) {
    List<MemberFile> files = new ArrayList<>();
    for (Entry entry : ledger.inHand(target, drop.name())) {
      Instant earliest = notBefore.get(entry.id());
      if (earliest == null || !clock.instant().isBefore(earliest)) {
        identify(entry, folder, drop, target).ifPresent(files::add);
      }
    }
    return files;
  }

  /** Another process may have settled it and filed it away since the entry was read. */
  private void giveUp(Entry read) {
    ledger
        .find(read.id())
        .filter(entry -> entry.state().equals("taken"))
        .ifPresent(this::giveUpUnsettled);
  }

  /** Between entering a file and renaming it there is a moment, also in another process. */
  private void giveUpUnsettled(Entry entry) {
    boolean wasThere = entry.digest() != null;
    if (!wasThere && entry.takenAt().isAfter(clock.instant().minus(LONGEST_RENAMING))) {
      return;
    }
    if (!wasThere) {
      ledger.forget(entry.id());
      return;
    }
    LOG.warn("drop {}: {} vanished while it was in hand", entry.drop(), entry.file());
    ledger.settle(
        entry.id(),
        entry.drop(),
        new Ending(
            "refused", null, 0, 0, null, "the file vanished while it was in hand", null, null));
  }

  private Optional<MemberFile> identify(
      Entry entry, DropFolder folder, DropSettings drop, Target target) {
    try {
      if (folder.isGone(entry.id())) {
        giveUp(entry);
        return Optional.empty();
      }
      Path path = folder.taken(entry.id());
      FileFacts facts = FileFacts.of(path);
      return Optional.of(file(entry.id(), target, drop, entry.file(), path, facts, entry.forced()));
    } catch (IOException e) {
      postpone(entry.id());
      LOG.warn(
          "drop {}: {} cannot be read, and is tried again: {}", drop.name(), entry.file(), told(e));
      return Optional.empty();
    }
  }

  private MemberFile file(
      long id,
      Target target,
      DropSettings drop,
      String name,
      Path path,
      FileFacts facts,
      boolean forced) {
    Path report = new DropFolder(drop, clock).report(id);
    return new MemberFile(
        id, target, drop, name, path, facts, new RefusedRows(id == 0 ? null : report), forced);
  }

  private void postpone(long id) {
    notBefore.put(id, clock.instant().plus(PAUSE));
  }

  /** Gives a file in hand to a run; the second half of the route of a drop. */
  public void take(MemberFile file) {
    Runner runs = runner;
    if (runs != null) {
      take(file, runs, false, false, Progress.NONE);
    }
  }

  /**
   * Imports a file that lies anywhere, and leaves it there.
   *
   * @param drop the rules for it
   * @param forced also when it is older than another
   * @return the runs; none when the file was taken before
   * @throws IOException when it cannot be read
   */
  public List<Runs.Record> importFile(
      Path path,
      DropSettings drop,
      boolean forced,
      boolean dryRun,
      Runner runs,
      Progress progress,
      Consumer<MemberFile> watcher)
      throws IOException {
    Target target = targets.apply(drop.sync());
    String name = FileName.printable(String.valueOf(path.getFileName()));
    FileFacts facts = FileFacts.of(path.toRealPath());
    if (!dryRun) {
      filing.deleteOutdated(target, drop, new DropFolder(drop, clock));
    }
    long id = dryRun ? 0 : ledger.beginByHand(target, drop, name, forced);
    MemberFile file = file(id, target, drop, name, path.toRealPath(), facts, forced);
    watcher.accept(file);
    return take(file, runs, dryRun, true, progress);
  }

  private List<Runs.Record> take(
      MemberFile file, Runner runs, boolean dryRun, boolean byHand, Progress progress) {
    Optional<List<Runs.Record>> records;
    try {
      file.asOf(
          AsOf.beforeReading(
                  file.drop(), file.name(), file.facts(), file.target().sync().timeZone())
              .orElse(null));
      records = runs.run(file, dryRun, byHand, progress, () -> isToRun(file, dryRun));
    } catch (FileException e) {
      file.refuse(String.valueOf(e.getMessage()));
      records = Optional.empty();
    } finally {
      file.refusedRows().close();
    }
    if (!dryRun) {
      settle(file, records.orElse(List.of()), byHand);
    }
    return records.orElse(List.of());
  }

  /** Asked while no other run of the sync can come between. */
  private boolean isToRun(MemberFile file, boolean dryRun) {
    String rules = rules(file);
    if (!dryRun) {
      Entry now = ledger.find(file.id()).orElse(null);
      if (now == null || !now.state().equals("taken")) {
        file.elsewhere();
        return false;
      }
      ledger.identify(file.id(), file.facts(), file.asOf().orElse(null), rules);
    }
    List<Entry> done = ledger.done(file.target(), Judgement.LOOKED_AT);
    Optional<Entry> earlier = Judgement.repeats(file, rules, done);
    if (earlier.isPresent() && !file.forced()) {
      file.repeats(
          "its content is that of %s, taken at %s"
              .formatted(earlier.get().file(), earlier.get().takenAt()));
      return dryRun;
    }
    if (!file.forced()) {
      Judgement.refuseOlder(file, done);
    }
    return true;
  }

  private static String rules(MemberFile file) {
    return file.drop().fingerprint() + " | " + file.target().sync().fingerprint();
  }

  private void settle(MemberFile file, List<Runs.Record> runs, boolean byHand) {
    if (filing.settle(file, runs.isEmpty() ? null : runs.get(runs.size() - 1).id())) {
      notBefore.remove(file.id());
    } else if (byHand && !file.isElsewhere()) {
      ledger.forget(file.id());
    } else {
      postpone(file.id());
    }
  }

  /**
   * Takes a refused file again, because a person wants it.
   *
   * @return the runs
   * @throws IllegalStateException when it is not there any more
   */
  public List<Runs.Record> replay(long id, Runner runs, Progress progress) {
    Entry entry =
        ledger
            .find(id)
            .filter(found -> found.state().equals("refused") && found.keptAs() != null)
            .filter(found -> folders.containsKey(found.drop()))
            .filter(found -> !DropFolder.isReport(String.valueOf(found.keptAs())))
            .orElseThrow(() -> notThere(id));
    DropSettings drop = drop(entry.drop());
    DropFolder folder = Objects.requireNonNull(folders.get(drop.name()));
    try {
      if (!folder.again(id, Objects.requireNonNull(entry.keptAs()))) {
        throw notThere(id);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the file cannot be taken again: " + told(e), e);
    }
    ledger.again(id);
    Target target = targets.apply(drop.sync());
    return ledger
        .find(id)
        .flatMap(again -> identify(again, folder, drop, target))
        .map(file -> take(file, runs, false, true, progress))
        .orElse(List.of());
  }

  private static IllegalStateException notThere(long id) {
    return new IllegalStateException(
        "file %d of rollcall drops does not lie in failed/ any more; import it again by hand"
            .formatted(id));
  }
}
