package org.rollcall.drop;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern FILE = Pattern.compile("([0-9]{1,18})");
  private static final Pattern REPORT_OF = Pattern.compile("report-([0-9]{1,18})\\.csv");

  /** What a report's name has behind its file's. */
  static final String REPORT = ".report.csv";

  /** Whether what is kept is a report alone, as of files that were imported by hand. */
  static boolean isReport(String keptAs) {
    return keptAs.endsWith(REPORT);
  }

  /** The name of the file that a report is about. */
  static String reportOf(String keptAs) {
    return keptAs.substring(0, keptAs.length() - REPORT.length());
  }

  private final DropSettings drop;
  private final Clock clock;
  private final Map<Path, Seen> seen = new HashMap<>();
  private final Set<Path> complainedOf = new HashSet<>();

  /** Markers of files that were taken; they say nothing about the next file of that name. */
  private final Set<Path> spentMarkers = new HashSet<>();

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
  List<Path> whole() throws IOException {
    Files.createDirectories(drop.folder());
    removeSpentMarkers();
    List<Found> whole = new ArrayList<>();
    Set<Path> present = new HashSet<>(list(drop.folder()));
    present.forEach(entry -> look(entry, whole));
    seen.keySet().retainAll(present);
    complainedOf.retainAll(present);
    whole.sort(Comparator.comparing(Found::modified).thenComparing(found -> found.path()));
    return whole.stream().map(Found::path).toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private record Found(Path path, FileTime modified) {}

  private void look(Path entry, List<Found> whole) {
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
      if (isWhole(entry, now)) {
        whole.add(new Found(entry, now.lastModifiedTime()));
      }
    } catch (FileFacts.NotAFile e) {
      complain(entry, e.getMessage() + ", and is left where it is");
    } catch (NoSuchFileException e) {
      // somebody took it back, or another hub was quicker
    } catch (IOException e) {
      complain(entry, "it cannot be looked at, and is tried again: " + e);
    }
  }

  private boolean isWhole(Path entry, BasicFileAttributes now) {
    return switch (drop.arrival().ready()) {
      case RENAMED -> true;
      case MARKER ->
          !spentMarkers.contains(marker(entry))
              && Files.isRegularFile(marker(entry), LinkOption.NOFOLLOW_LINKS);
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
   * Takes a file into hand by renaming it, which only one hub can. A share may rename a file and
   * say that it did not.
   *
   * @return false when it is not there any more
   */
  boolean take(Path entry, long id) throws IOException {
    Path to = taken(id);
    Files.createDirectories(to.getParent(), ownerOnly());
    try {
      Files.move(entry, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      if (!isThere(to)) {
        return false;
      }
    } catch (IOException e) {
      if (!isThere(to)) {
        throw e;
      }
    }
    seen.remove(entry);
    if (drop.arrival().ready() == Ready.MARKER) {
      spentMarkers.add(marker(entry));
      removeSpentMarkers();
    }
    return true;
  }

  private static Path marker(Path entry) {
    return entry.resolveSibling(FileName.marker(String.valueOf(entry.getFileName())));
  }

  private void removeSpentMarkers() {
    for (Path marker : List.copyOf(spentMarkers)) {
      try {
        Files.deleteIfExists(marker);
        spentMarkers.remove(marker);
      } catch (IOException e) {
        complain(marker, "it cannot be deleted, and is tried again: " + e);
      }
    }
  }

  /** Unlike {@link Files#exists} this knows a file that is not there from one nobody can see. */
  private static boolean isThere(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  boolean isInHand(long id) throws IOException {
    return isThere(taken(id));
  }

  /** Whether a file in hand is not there; no, when the folder cannot be seen or is not there. */
  boolean isGone(long id) throws IOException {
    return !isThere(taken(id)) && isThere(drop.folder().resolve(TAKEN));
  }

  /** Files a file in hand away. */
  void file(long id, boolean done, String name) throws IOException {
    move(taken(id), kept(done, name));
  }

  private static void move(Path from, Path to) throws IOException {
    if (isThere(from)) {
      Files.createDirectories(to.getParent(), ownerOnly());
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * What lies in {@code taken/}, from whichever process.
   *
   * @param files their numbers
   * @param reports the numbers of the files they belong to
   */
  record InHand(List<Long> files, List<Long> reports) {}

  InHand inHand() throws IOException {
    InHand found = new InHand(new ArrayList<>(), new ArrayList<>());
    Path folder = drop.folder().resolve(TAKEN);
    if (isThere(folder)) {
      for (Path entry : list(folder)) {
        String name = String.valueOf(entry.getFileName());
        addNumber(FILE.matcher(name), found.files());
        addNumber(REPORT_OF.matcher(name), found.reports());
      }
    }
    return found;
  }

  private static void addNumber(Matcher name, List<Long> numbers) {
    if (name.matches()) {
      numbers.add(Long.parseLong(name.group(1)));
    }
  }

  /** Where the report of a file in hand is written. */
  Path report(long id) {
    return drop.folder().resolve(TAKEN).resolve("report-" + id + ".csv");
  }

  /** Files the report of refused rows beside its file, if there is one. */
  void fileReport(long id, boolean done, String keptAs) throws IOException {
    move(report(id), kept(done, keptAs + REPORT));
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
