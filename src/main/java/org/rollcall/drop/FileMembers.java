package org.rollcall.drop;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.rollcall.file.FileException;
import org.rollcall.file.Table;
import org.rollcall.member.RowException;
import org.rollcall.stage.SourceException;
import org.rollcall.stage.Staging;

/** The bean behind direct:member-file: reads the run's file into its open staging. */
public final class FileMembers {
  /** The exchange property under which a run hands over its file. */
  public static final String PROPERTY = "rollcall.file";

  private final DropLedger ledger;

  public FileMembers(DropLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * Reads all rows of the file; leaves the message as it is.
   *
   * @throws SourceException when the file cannot be read, or is not to be taken
   */
  public void read(Exchange exchange) {
    Staging staging = exchange.getProperty(Staging.PROPERTY, Staging.class);
    MemberFile file = exchange.getProperty(PROPERTY, MemberFile.class);
    if (staging == null || file == null) {
      throw new IllegalStateException(
          "direct:member-file was called without a file (drop one into the folder of a drop, or use"
              + " rollcall import)");
    }
    try {
      read(file, staging);
    } catch (RuntimeException e) {
      staging.fail(e);
      throw e;
    }
  }

  void read(MemberFile file, Staging staging) {
    try {
      stage(file, staging);
    } catch (FileException e) {
      throwTrouble(file);
      throw refused(file, e.line(), e.what(), e.remedy(), e);
    } catch (RowException e) {
      throwTrouble(file);
      throw refused(file, 0, e.what(), e.remedy(), e);
    }
  }

  /** A file that could not be read to its end is neither refused nor taken over. */
  private static void throwTrouble(MemberFile file) {
    if (file.trouble().isPresent()) {
      IOException trouble = file.trouble().get();
      throw SourceException.ofFile(
          file.drop().sync(),
          file.name(),
          0,
          "it cannot be read: " + trouble,
          "nothing of it was taken over; in the folder of a drop it is tried again by itself",
          trouble);
    }
  }

  private static SourceException refused(
      MemberFile file, long line, String what, String remedy, RuntimeException cause) {
    SourceException refusal =
        SourceException.ofFile(file.drop().sync(), file.name(), line, what, remedy, cause);
    file.refuse(String.valueOf(refusal.getMessage()));
    return refusal;
  }

  private void stage(MemberFile file, Staging staging) {
    Optional<DropLedger.Entry> before =
        ledger
            .lastDone(file.target(), file.drop().name())
            .filter(last -> last.content().equals(file.drop().content().word()));
    try (Table table = file.open()) {
      file.opened(table.recognised(), table.header());
      file.columns(Heading.meanings(table.header(), file.drop()));
      Heading heading =
          Heading.of(
              table.header(), file.drop(), before.map(DropLedger.Entry::header).orElse(List.of()));
      heading.notes().forEach(file::note);
      Trailer trailer =
          new Trailer(file.drop().wholeness().trailer(), table.recognised().delimiter());
      MappedRows rows = new MappedRows(heading.ahead(table), file, heading, trailer);
      staging.texts(rows, stopped(file));
      file.opened(table.recognised(), table.header());
      heading.findings().forEach(file::note);
      rows.finish();
      file.refusedRows().finish();
      refuseChanged(file);
    }
    throwTrouble(file);
    List<DropLedger.Entry> done = ledger.done(file.target(), Judgement.LOOKED_AT);
    if (!file.forced()) {
      Judgement.refuseOlder(file, done);
    }
    Judgement.afterReading(file, done);
    ledger.noteReading(file.id(), file.asOf().orElse(null), file.header());
  }

  private static void refuseChanged(MemberFile file) {
    if (!file.isStillTheSame()) {
      throw new FileException(
          0, "it was changed while it was read", "drop it again when nobody writes it", null);
    }
  }

  private static Runnable stopped(MemberFile file) {
    return () -> {
      if (Thread.currentThread().isInterrupted()) {
        throw SourceException.ofFile(
            file.drop().sync(),
            file.name(),
            0,
            "the read was interrupted",
            "it is taken again by itself",
            null);
      }
    };
  }
}
