package org.rollcall.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rollcall.store.Query;
import org.rollcall.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls that change something each account has seen, kept in files beside the database. A
 * database that counts fewer was put back to an old backup, or lost its newest transactions when
 * another server took over: the provider is ahead of it.
 *
 * <p>The database counts first and the file follows, so the file is never ahead of a database that
 * lost nothing. There are two copies: one under {@code data/}, which may be the only place that
 * lasts, and one in the home itself, which does not go back when {@code data/} is put back whole.
 */
public final class SentMarks {
  private static final Logger LOG = LoggerFactory.getLogger(SentMarks.class);

  private final Store store;
  private final List<Path> folders;
  private boolean warned;

  SentMarks(Store store, List<Path> folders) {
    this.store = store;
    this.folders = folders;
  }

  public static SentMarks in(Path home, Store store) {
    return new SentMarks(store, List.of(home.resolve("data/sent"), home.resolve(".sent")));
  }

  /** What an account has seen, under the name that every copy of its state has. */
  private record Mark(int account, String state, long sent) {}

  /**
   * Counts a call before it is made, provided that the run may still write: a node that was away
   * for longer than its lease must not when it wakes.
   *
   * @throws Lease.LostLease when it may not
   */
  public void count(Run run) {
    write(
        store.transaction(
            connection -> {
              run.fence(connection);
              return Query.of(
                      connection,
                      "UPDATE account SET sent = sent + 1 WHERE account_id = :account"
                          + " RETURNING account_id, state_id, sent")
                  .bind("account", run.account())
                  .first(row -> new Mark(row.getInt(1), row.getString(2), row.getLong(3)))
                  .orElseThrow();
            }));
  }

  /**
   * Compares every account with its file. One that counts fewer is noted as put back; where another
   * node has sent more, the file follows.
   */
  public void look() {
    // The files first: what is sent meanwhile is in the database before it is in a file.
    Map<String, Long> files = read();
    for (Mark known : known()) {
      long file = files.getOrDefault(known.state(), 0L);
      if (file > known.sent()) {
        putBack(known, file);
      } else if (file < known.sent()) {
        write(known);
      }
    }
  }

  private List<Mark> known() {
    return store.transaction(
        connection ->
            Query.of(connection, "SELECT account_id, state_id, sent FROM account")
                .list(row -> new Mark(row.getInt(1), row.getString(2), row.getLong(3))));
  }

  private void putBack(Mark known, long file) {
    boolean first =
        store.transaction(
            connection -> {
              boolean behind =
                  Query.of(
                              connection,
                              "UPDATE account SET sent = :file"
                                  + " WHERE account_id = :account AND sent < :file")
                          .bind("file", file)
                          .bind("account", known.account())
                          .update()
                      > 0;
              if (behind) {
                PutBack.note(connection, known.account());
              }
              return behind;
            });
    if (first) {
      LOG.warn(
          "the hub's database is older than what was sent: it knows of {} calls, and {} were made;"
              + " the next run of every sync reads everything back, and its plan waits for a person",
          known.sent(),
          file);
    }
  }

  private Map<String, Long> read() {
    Map<String, Long> marks = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> read(file, marks));
      } catch (NoSuchFileException | NotDirectoryException e) {
        LOG.debug("nothing was sent from here, as far as {} knows", folder);
      } catch (IOException e) {
        warn(folder, e);
      }
    }
    return marks;
  }

  private void read(Path file, Map<String, Long> marks) {
    try {
      long sent = Long.parseLong(Files.readString(file).strip());
      marks.merge(String.valueOf(file.getFileName()), sent, Math::max);
    } catch (IOException | NumberFormatException e) {
      LOG.debug("{} is no mark: {}", file, e.toString());
    }
  }

  private void write(Mark mark) {
    for (Path folder : folders) {
      try {
        write(folder, mark);
      } catch (IOException e) {
        warn(folder, e);
      }
    }
  }

  private static void write(Path folder, Mark mark) throws IOException {
    Files.createDirectories(folder);
    Path draft = folder.resolve(mark.state() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      channel.write(StandardCharsets.UTF_8.encode(mark.sent() + "\n"));
      channel.force(true);
    }
    Files.move(
        draft,
        folder.resolve(mark.state()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Nothing is lost without the file but the notice; and one of the two places is enough. */
  private void warn(Path folder, IOException e) {
    if (warned) {
      LOG.debug("{}: {}", folder, e.toString());
    } else {
      warned = true;
      LOG.warn(
          "{} cannot be used ({}): whether the hub's database is put back to an old state may go"
              + " unnoticed",
          folder,
          e.getMessage());
    }
  }
}
