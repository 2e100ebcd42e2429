package org.rollcall.drop;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.FileException;
import org.rollcall.file.Line;
import org.rollcall.file.Recognised;
import org.rollcall.file.Table;
import org.rollcall.file.TableFile;
import org.rollcall.plan.PlanView;
import org.rollcall.run.Target;
import org.rollcall.settings.DropSettings;
import org.rollcall.settings.DropSettings.Content;

/** One file of members on its way through a run, and what has been found out about it. */
public final class MemberFile {
  private static final int SHOWN_ROWS = 10;

  private final long id;
  private final Target target;
  private final DropSettings drop;
  private final String name;
  private final Path path;
  private final FileFacts facts;
  private final RefusedRows refused;
  private final boolean forced;

  private @Nullable IOException trouble;
  private @Nullable LocalDateTime asOf;
  private @Nullable Recognised recognised;
  private List<String> header = List.of();
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final List<Shown> firstRows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<PlanView.Entry> foreseen = new ArrayList<>();
  private final List<String> incomplete = new ArrayList<>();
  private long rows;
  private @Nullable String refusal;
  private @Nullable String repeated;
  private boolean elsewhere;
  private boolean takenOver;

  MemberFile(
      long id,
      Target target,
      DropSettings drop,
      String name,
      Path path,
      FileFacts facts,
      RefusedRows refused,
      boolean forced) {
    this.id = id;
    this.target = target;
    this.drop = drop;
    this.name = name;
    this.path = path;
    this.facts = facts;
    this.refused = refused;
    this.forced = forced;
  }

  /** What a run may conclude from a file. */
  public enum Extent {
    /** Whoever is not in it has left. */
    ALL,
    /** Who is in it has come or changed; about the others it says nothing. */
    MORE,
    /** Who is in it has left. */
    LESS
  }

  long id() {
    return id;
  }

  public Target target() {
    return target;
  }

  public DropSettings drop() {
    return drop;
  }

  /** The name it was found under, made printable. */
  public String name() {
    return name;
  }

  Path path() {
    return path;
  }

  FileFacts facts() {
    return facts;
  }

  RefusedRows refusedRows() {
    return refused;
  }

  /** Whether a person wants it taken though it is older than another. */
  boolean forced() {
    return forced;
  }

  /** Opens it for reading. */
  Table open() {
    try {
      SeekableByteChannel channel = new HeardChannel(FileFacts.open(path), this::hear);
      return TableFile.open(channel, drop.declared(), drop.limits());
    } catch (IOException e) {
      hear(e);
      throw new FileException(0, "the file cannot be opened: " + e.getMessage(), "", e);
    }
  }

  private void hear(IOException e) {
    if (trouble == null && !(e instanceof FileFacts.NotAFile)) {
      trouble = e;
    }
  }

  /**
   * What went wrong with the disk or share while the file was read. Whatever the reading came to
   * then says nothing about the file.
   */
  Optional<IOException> trouble() {
    return Optional.ofNullable(trouble);
  }

  boolean isStillTheSame() {
    try {
      return facts.stillTrue(path);
    } catch (IOException e) {
      hear(e);
      throw new FileException(0, "the file is gone: " + e.getMessage(), "", e);
    }
  }

  Optional<LocalDateTime> asOf() {
    return Optional.ofNullable(asOf);
  }

  void asOf(@Nullable LocalDateTime date) {
    asOf = date;
  }

  /** How the file was understood, once it was opened. */
  public Optional<Recognised> recognised() {
    return Optional.ofNullable(recognised);
  }

  /** The names of its columns. */
  public List<String> header() {
    return header;
  }

  void opened(Recognised how, List<String> columns) {
    recognised = how;
    header = columns;
  }

  /** What each column of the file is taken to be, in the order of the file. */
  public Map<String, String> columns() {
    return Collections.unmodifiableMap(columns);
  }

  void columns(Map<String, String> meanings) {
    columns.putAll(meanings);
  }

  /**
   * A row as it was understood.
   *
   * @param cells by the names of the row contract; empty ones are left out
   */
  public record Shown(long number, Map<String, String> cells) {}

  /** The first rows. */
  public List<Shown> firstRows() {
    return List.copyOf(firstRows);
  }

  boolean wantsToShow() {
    return firstRows.size() < SHOWN_ROWS;
  }

  void show(Shown row) {
    firstRows.add(row);
  }

  /** What people should know about how it was read. */
  public List<String> notes() {
    Recognised how = recognised;
    return Stream.concat(how == null ? Stream.empty() : how.notes().stream(), notes.stream())
        .toList();
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /** Rows below the header, refused ones included. */
  public long rows() {
    return rows;
  }

  void countRow() {
    rows++;
  }

  public long refusedCount() {
    return refused.count();
  }

  /** The first refused rows. */
  public List<Line.Refused> firstRefused() {
    return refused.first();
  }

  /** Why nobody can be concluded to be missing from it, though it is a full list. */
  public List<String> incomplete() {
    return List.copyOf(incomplete);
  }

  void incomplete(String why) {
    incomplete.add(why);
  }

  /** What the run may conclude. */
  public Extent extent() {
    return switch (drop.content()) {
      case FULL -> incomplete.isEmpty() ? Extent.ALL : Extent.MORE;
      case ADDITIONS -> Extent.MORE;
      case REMOVALS -> Extent.LESS;
    };
  }

  /** Whether it is meant to hold everybody. */
  public boolean isFull() {
    return drop.content() == Content.FULL;
  }

  /** Why the file as a whole is not taken; null when it is. */
  public @Nullable String refusal() {
    return refusal;
  }

  void refuse(String why) {
    refusal = why;
  }

  /** Which earlier file said the same; null when none did. */
  public @Nullable String repeated() {
    return repeated;
  }

  void repeats(String sentence) {
    repeated = sentence;
  }

  /** Somebody else has it in hand. */
  void elsewhere() {
    elsewhere = true;
  }

  boolean isElsewhere() {
    return elsewhere;
  }

  /** How the name of such a file ends. */
  String ending() {
    Recognised how = recognised;
    if (how == null) {
      return "bin";
    }
    return switch (how.container()) {
      case "gzip" -> how.format() + ".gz";
      case "zip" -> how.format() + ".zip";
      default -> how.format();
    };
  }

  /** The first changes that the file would bring, of a dry run. */
  public List<PlanView.Entry> foreseen() {
    return List.copyOf(foreseen);
  }

  public void foresee(List<PlanView.Entry> entries) {
    foreseen.addAll(entries);
  }

  public boolean takenOver() {
    return takenOver;
  }

  /** Its members are in the hub's state; what is left to do needs it no more. */
  public void tookOver() {
    takenOver = true;
  }
}
