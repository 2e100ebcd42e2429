package org.rollcall.drop;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.file.FileException;

/** Whether a file says anything new, or less than it should. */
final class Judgement {
  /** How many of the last files are looked at. */
  static final int LOOKED_AT = 1_000;

  private static final String FULL = "full";

  private Judgement() {}

  /**
   * The earlier file that has said the same, and nothing since has said otherwise.
   *
   * @param done the files of the sync that were taken over, the newest first
   */
  static Optional<Entry> repeats(MemberFile file, String rules, List<Entry> done) {
    for (Entry earlier : done) {
      boolean full = earlier.content().equals(FULL);
      if (Objects.equals(earlier.digest(), file.facts().digest())
          && Objects.equals(earlier.rules(), rules)) {
        return Optional.of(earlier);
      }
      if (full) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses an older export after a newer one.
   *
   * @throws FileException naming the newer one
   */
  static void refuseOlder(MemberFile file, List<Entry> done) {
    for (Entry later : done) {
      if (later.drop().equals(file.drop().name()) && isOlder(file, later)) {
        throw new FileException(
            0,
            "it is of %s, and the file %s of %s has been taken"
                .formatted(file.asOf().orElseThrow(), later.file(), later.asOf()),
            "if it is right all the same, force it: rollcall import --force, or replay its dead"
                + " letter",
            null);
      }
    }
    refuseOldCopy(file, done);
  }

  private static boolean isOlder(MemberFile file, Entry later) {
    LocalDateTime date = later.asOf();
    return date != null && file.asOf().filter(date::isAfter).isPresent();
  }

  /** Without a date, a copy of an earlier file that is no younger than the last one is old. */
  private static void refuseOldCopy(MemberFile file, List<Entry> done) {
    if (file.asOf().isPresent() || done.isEmpty() || !file.isFull()) {
      return;
    }
    Entry last = done.get(0);
    boolean copy = done.stream().anyMatch(e -> Objects.equals(e.digest(), file.facts().digest()));
    if (copy
        && last.modifiedAt() != null
        && !file.facts().modified().isAfter(last.modifiedAt())
        && !Objects.equals(last.digest(), file.facts().digest())) {
      throw new FileException(
          0,
          "it is a copy of an earlier file, and %s has been taken since".formatted(last.file()),
          "if it is right all the same, force it: rollcall import --force, or replay its dead letter",
          null);
    }
  }

  /** What the number of rows tells. */
  static void afterReading(MemberFile file, List<Entry> done) {
    if (!file.isFull()) {
      return;
    }
    long rows = file.rows() - file.refusedCount();
    if (rows == 0) {
      file.incomplete("it holds no members");
      return;
    }
    int least = file.drop().wholeness().minRows();
    done.stream()
        .filter(entry -> entry.content().equals(FULL) && Boolean.TRUE.equals(entry.whole()))
        .findFirst()
        .filter(last -> rows * 100 < (last.rowsRead() - last.rowsRefused()) * least)
        .ifPresent(
            last ->
                file.incomplete(
                    "it has %,d rows, less than %d %% of the %,d in the last one"
                        .formatted(rows, least, last.rowsRead() - last.rowsRefused())));
  }
}
