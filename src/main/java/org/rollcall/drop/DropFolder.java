package org.rollcall.drop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.DropSettings.Ready;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a drop: files lie in it until they are whole, in {@code taken/} while they are in
 * hand, and in {@code done/} or {@code failed/} afterwards, under names of the hub's own.
 */
final class DropFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final String TAKEN = "taken";
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final Set<String> OURS = Set.of(TAKEN, DONE, FAILED);

  /** What a report's name has behind its file's. */
  static final String REPORT = ".report.csv";

  private final DropSettings drop;
  private final Clock clock;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<Path> complainedOf = new HashSet<>();

  DropFolder(DropSettings drop, Clock clock) {
    this.drop = drop;
    this.clock = clock;
  }

  /** What a look at a file showed. */
  private record Seen(long size, FileTime modified, Instant since) {}

  /** Where a file in hand lies. */
  Path taken(long id) {
    return drop.folder().resolve(TAKEN).resolve(Long.toString(id));
  }

  /** Where reports and kept files go. */
  Path kept(boolean done, String name) {
    return drop.folder().resolve(done ? DONE : FAILED).resolve(name);
  }

  /** The files nobody writes any more, the oldest first. */
  List<Path> whole() {
    List<Found> whole = new ArrayList<>();
    Set<Path> present = new HashSet<>();
    try {
      Files.createDirectories(drop.folder());
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(drop.folder())) {
        for (Path entry : entries) {
          present.add(entry);
          look(entry, whole);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + drop.folder() + " cannot be read", e);
    }
    seen.keySet().retainAll(present);
    complainedOf.retainAll(present);
    whole.sort(Comparator.comparing(Found::modified).thenComparing(found -> found.path()));
    return whole.stream().map(Found::path).toList();
  }

  private record Found(Path path, FileTime modified) {}

  private void look(Path entry, List<Found> whole) throws IOException {
    String name = String.valueOf(entry.getFileName());
    if (OURS.contains(name) || FileName.isMarker(name) || FileName.beingWritten(name)) {
      return;
    }
    try {
      BasicFileAttributes now =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (now.isDirectory()) {
        return;
      }
      FileFacts.refuseOthers(entry);
      if (isWhole(entry, name, now)) {
        whole.add(new Found(entry, now.lastModifiedTime()));
      }
    } catch (FileFacts.NotAFile e) {
      complain(entry, e.getMessage() + ", and is left where it is");
    } catch (NoSuchFileException e) {
      // somebody took it back, or another hub was quicker
    }
  }

  private boolean isWhole(Path entry, String name, BasicFileAttributes now) {
    return switch (drop.arrival().ready()) {
      case RENAMED -> true;
      case MARKER ->
          Files.isRegularFile(
              entry.resolveSibling(FileName.marker(name)), LinkOption.NOFOLLOW_LINKS);
      case SETTLED -> settled(entry, now);
    };
  }

  /** By our own clock, for the clocks of file servers are often wrong. */
  private boolean settled(Path entry, BasicFileAttributes now) {
    Seen before = seen.get(entry);
    Instant moment = clock.instant();
    if (before == null
        || before.size() != now.size()
        || !before.modified().equals(now.lastModifiedTime())) {
      seen.put(entry, new Seen(now.size(), now.lastModifiedTime(), moment));
      return drop.arrival().settle().isZero();
    }
    return !moment.isBefore(before.since().plus(drop.arrival().settle()));
  }

  private void complain(Path entry, String what) {
    if (complainedOf.add(entry)) {
      LOG.warn(
          "drop {}: {}: {}",
          drop.name(),
          FileName.printable(String.valueOf(entry.getFileName())),
          what);
    }
  }

  /**
   * Takes a file into hand by renaming it, which only one hub can.
   *
   * @return false when it is not there any more
   */
  boolean take(Path entry, long id) throws IOException {
    Path to = taken(id);
    Files.createDirectories(to.getParent(), ownerOnly());
    try {
      Files.move(entry, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      return false;
    }
    seen.remove(entry);
    if (drop.arrival().ready() == Ready.MARKER) {
      Files.deleteIfExists(
          entry.resolveSibling(FileName.marker(String.valueOf(entry.getFileName()))));
    }
    return true;
  }

  /** Files a file in hand away. */
  void file(long id, boolean done, String name) throws IOException {
    Path to = kept(done, name);
    Files.createDirectories(to.getParent(), ownerOnly());
    Path from = taken(id);
    if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** The files in hand, by whichever process. */
  List<Long> idsInHand() {
    List<Long> ids = new ArrayList<>();
    Path folder = drop.folder().resolve(TAKEN);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*")) {
        entries.forEach(entry -> ids.add(Long.parseLong(String.valueOf(entry.getFileName()))));
      } catch (IOException | NumberFormatException e) {
        LOG.warn("drop {}: the files in hand cannot be listed: {}", drop.name(), e.getMessage());
      }
    }
    return ids;
  }

  /** Where the report of a file in hand is written. */
  Path report(long id) {
    return drop.folder().resolve(TAKEN).resolve("report-" + id + ".csv");
  }

  /** Files the report of refused rows beside its file, if there is one. */
  void fileReport(long id, boolean done, String keptAs) throws IOException {
    Path to = kept(done, keptAs + REPORT);
    if (Files.exists(report(id))) {
      Files.createDirectories(to.getParent(), ownerOnly());
      Files.move(report(id), to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Takes a refused file into hand again; false when it is not there any more. */
  boolean again(long id, String keptAs) throws IOException {
    try {
      Files.createDirectories(taken(id).getParent(), ownerOnly());
      Files.move(kept(false, keptAs), taken(id), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Deletes a filed file and its report. */
  void delete(String keptAs) throws IOException {
    for (boolean done : new boolean[] {true, false}) {
      Files.deleteIfExists(kept(done, keptAs));
      Files.deleteIfExists(kept(done, keptAs + REPORT));
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
