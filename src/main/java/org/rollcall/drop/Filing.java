package org.rollcall.drop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DropLedger.Ending;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what became of files, puts them into {@code done/} and {@code failed/}, deletes old ones.
 */
final class Filing {
  private static final Logger LOG = LoggerFactory.getLogger(Filing.class);

  private final DropLedger ledger;
  private final Refusals refusals;
  private final Clock clock;

  Filing(DropLedger ledger, Refusals refusals, Clock clock) {
    this.ledger = ledger;
    this.refusals = refusals;
    this.clock = clock;
  }

  /**
   * Notes what became of a file and puts it where it belongs.
   *
   * @param run the run that got it
   * @return false when its members are not in the hub's state: it stays in hand
   */
  boolean settle(MemberFile file, @Nullable Long run) {
    String name = stem(file.id()) + "." + file.ending();
    if (file.refusal() != null) {
      Long letter = refusals.ofFile(file, run);
      end(file, name, "refused", run, file.refusal(), letter);
    } else if (file.repeated() != null) {
      end(file, name, "repeated", run, file.repeated(), null);
    } else if (file.takenOver()) {
      Long letter = file.refusedCount() > 0 ? refusals.ofRows(file, run, name) : null;
      String why = file.incomplete().isEmpty() ? null : String.join("; ", file.incomplete());
      end(file, name, "done", run, why, letter);
    } else {
      return false;
    }
    return true;
  }

  private void end(
      MemberFile file,
      String name,
      String state,
      @Nullable Long run,
      @Nullable String why,
      @Nullable Long letter) {
    ledger.settle(
        file.id(),
        file.drop().name(),
        new Ending(
            state,
            run,
            file.rows(),
            file.refusedCount(),
            file.isFull() && state.equals("done") ? file.incomplete().isEmpty() : null,
            why,
            letter,
            keptAs(file, name)));
    DropFolder folder = new DropFolder(file.drop(), clock);
    if (isInFolder(file)) {
      file(folder, file.id(), state, name);
    }
    fileReport(folder, file.id(), state, name);
    LOG.info(
        "drop {}: {} {}{}", file.drop().name(), file.name(), state, why == null ? "" : ": " + why);
  }

  private static boolean isInFolder(MemberFile file) {
    Path parent = file.path().getParent();
    return parent != null && parent.equals(file.drop().folder().resolve("taken"));
  }

  /** Of a file that stays where it lies, the report is all there is to be kept. */
  private static @Nullable String keptAs(MemberFile file, String name) {
    if (isInFolder(file)) {
      return name;
    }
    return file.refusedCount() > 0 ? name + DropFolder.REPORT : null;
  }

  private static void file(DropFolder folder, long id, String state, String keptAs) {
    try {
      folder.file(id, !state.equals("refused"), keptAs);
    } catch (IOException e) {
      LOG.warn("{} cannot be filed away, and is tried again: {}", keptAs, Reception.told(e));
    }
  }

  private static void fileReport(DropFolder folder, long id, String state, String keptAs) {
    try {
      folder.fileReport(id, !state.equals("refused"), keptAs);
    } catch (IOException e) {
      LOG.warn(
          "the report of {} cannot be filed, and is tried again: {}", keptAs, Reception.told(e));
    }
  }

  private String stem(long id) {
    return "%s-%06d".formatted(clock.instant().toString().substring(0, 10), id);
  }

  /** What is in hand though it is settled. */
  void sort(DropFolder folder, Entry entry) {
    String keptAs = entry.keptAs();
    if (keptAs != null) {
      file(folder, entry.id(), entry.state(), keptAs);
    } else if (entry.state().equals("refused")) {
      LOG.info("drop {}: {} had vanished and is there again", entry.drop(), entry.file());
      ledger.back(entry.id());
    }
  }

  static void fileReport(DropFolder folder, Entry entry) {
    String keptAs = entry.keptAs();
    if (keptAs != null) {
      String name = DropFolder.isReport(keptAs) ? DropFolder.reportOf(keptAs) : keptAs;
      fileReport(folder, entry.id(), entry.state(), name);
    }
  }

  void deleteOutdated(Target target, DropSettings drop, DropFolder folder) {
    for (Entry old : ledger.outdated(target, drop.name(), drop.keep())) {
      try {
        folder.delete(Objects.requireNonNull(old.keptAs()));
        ledger.deleted(old.id());
      } catch (IOException e) {
        LOG.warn("drop {}: {} cannot be deleted: {}", drop.name(), old.keptAs(), Reception.told(e));
      }
    }
  }
}
