package org.rollcall.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.drop.DropLedger;
import org.rollcall.drop.Reception;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kept;
import org.rollcall.run.Job;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;

/** Sends dead letters again: by a run of their sync, or by taking a refused file once more. */
public final class Replays {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeadLetters letters;
  private final DropLedger files;
  private final Reception reception;

  public Replays(DeadLetters letters, DropLedger files, Reception reception) {
    this.letters = letters;
    this.files = files;
    this.reception = reception;
  }

  /**
   * What has to run once letters were settled; begins empty.
   *
   * @param reports syncs whose activities are to be read again
   */
  public record Order(List<Long> files, Set<String> syncs, Set<String> reports) {
    public static Order empty() {
      return new Order(new ArrayList<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  /**
   * Looks before anything is settled, so that a slip in one of several changes nothing.
   *
   * @throws IllegalStateException when one of them is not an open letter
   */
  public void requireOpen(List<Long> ids) {
    for (long id : ids) {
      if (letters.find(id).filter(letter -> letter.state().equals("open")).isEmpty()) {
        throw new IllegalStateException("there is no open dead letter " + id);
      }
    }
  }

  /**
   * Settles an open letter and adds to an order what has to run for it.
   *
   * @return the letter's sync; null when somebody else has settled it meanwhile
   */
  public @Nullable String settle(long id, Order order) {
    OptionalLong file = refusedFile(id);
    boolean report = letters.find(id).filter(kept -> kept.kind().equals("answer")).isPresent();
    String sync = letters.settle(id, true);
    if (sync == null) {
      return null;
    }
    if (file.isPresent()) {
      order.files().add(file.getAsLong());
    } else if (report) {
      order.reports().add(sync);
    } else {
      order.syncs().add(sync);
    }
    return sync;
  }

  /** Takes the files and runs the syncs of an order. */
  public List<Runs.Record> run(Order order, Syncs syncs, Progress progress) {
    List<Runs.Record> runs = new ArrayList<>();
    for (long file : order.files()) {
      runs.addAll(reception.replay(file, syncs::take, progress));
    }
    for (String sync : order.syncs()) {
      runs.addAll(syncs.runAnew(sync, List.of(Job.CONTACTS), progress));
    }
    for (String sync : order.reports()) {
      runs.addAll(syncs.runAnew(sync, List.of(Job.ACTIVITIES), progress));
    }
    return runs;
  }

  /** The number of the file that the letter is about, if it was refused as a whole. */
  private OptionalLong refusedFile(long id) {
    return letters
        .find(id)
        .filter(letter -> letter.kind().equals("file") && letter.state().equals("open"))
        .map(Kept::payload)
        .map(Replays::dropFile)
        .flatMap(files::find)
        .filter(file -> file.state().equals("refused"))
        .map(DropLedger.Entry::id)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static long dropFile(String payload) {
    try {
      return JSON.readTree(payload).path("dropFile").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
