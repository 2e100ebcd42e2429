package org.rollcall.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.Declared;
import org.rollcall.file.Limits;

/**
 * A folder into which files of members are dropped, and what is known about the files.
 *
 * @param sync whose members the files hold
 * @param folder is made when it is not there
 * @param columns from names of the files' columns to columns of the row contract, names of custom
 *     fields, or {@code -} for a column to leave out
 * @param otherColumns whether columns that nobody mentions become custom fields
 * @param keyIsEmail whether the address stands for a member's key, in files that have none
 * @param dates how dates are written: {@code iso}, {@code day-first}, {@code month-first}; absent
 *     when it is to be found out
 * @param keyPattern what every key looks like, absent when nothing is known
 */
public record DropSettings(
    String name,
    String sync,
    Path folder,
    Content content,
    Arrival arrival,
    Declared declared,
    Limits limits,
    Map<String, String> columns,
    boolean otherColumns,
    boolean keyIsEmail,
    @Nullable String dates,
    @Nullable Pattern keyPattern,
    Wholeness wholeness,
    Duration keep) {

  /** What a file says about the members it does not hold. */
  public enum Content {
    /** That they have left. */
    FULL,
    /** Nothing. */
    ADDITIONS,
    /** Nothing either: those it does hold have left. */
    REMOVALS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a file shows that nobody writes it any more. */
  public enum Ready {
    /** Size and time have been the same for a while. */
    SETTLED,
    /** An empty file beside it has the same name and the ending {@code .done}. */
    MARKER,
    /** It gets its name only then; names that are usual for files being written are passed over. */
    RENAMED
  }

  /**
   * When files are taken.
   *
   * @param settle for how long a settled file has not changed
   * @param lookEvery how often the folder is looked at
   */
  public record Arrival(Ready ready, Duration settle, Duration lookEvery) {}

  /**
   * How a file shows that nothing of it is missing, and that it is not an old one.
   *
   * @param minRows of a full list, in percent of the last one's rows; with fewer nobody leaves
   * @param maxRefused rows that may be refused, in percent; with more the file is refused as a
   *     whole
   * @param trailer what the last line looks like, its first group the number of rows; absent when
   *     files have none
   * @param asOf where the date of the export stands: {@code auto}, {@code none}, {@code name},
   *     {@code modified}, or the name of a column
   */
  public record Wholeness(int minRows, int maxRefused, @Nullable Pattern trailer, String asOf) {}

  /** Rules for a file that no drop speaks of. */
  public static DropSettings byHand(String sync, Path folder) {
    return new DropSettings(
        "",
        sync,
        folder,
        Content.FULL,
        new Arrival(Ready.SETTLED, Duration.ofSeconds(10), Duration.ofSeconds(5)),
        Declared.NOTHING,
        Limits.DEFAULT,
        Map.of(),
        false,
        false,
        null,
        null,
        new Wholeness(50, 10, null, "auto"),
        Duration.ofDays(30));
  }

  /** The same rules for files of another content. */
  public DropSettings with(Content other) {
    return new DropSettings(
        name,
        sync,
        folder,
        other,
        arrival,
        declared,
        limits,
        columns,
        otherColumns,
        keyIsEmail,
        dates,
        keyPattern,
        wholeness,
        keep);
  }

  /** Everything that decides how a file's bytes become members, in brief. */
  public String fingerprint() {
    return String.join(
        " ",
        List.of(
            content.word(),
            String.valueOf(declared),
            String.valueOf(new java.util.TreeMap<>(columns)),
            String.valueOf(otherColumns),
            String.valueOf(keyIsEmail),
            String.valueOf(dates),
            String.valueOf(keyPattern)));
  }
}
