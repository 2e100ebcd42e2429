package org.rollcall.drop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.Line;
import org.rollcall.run.DeadLetters;
import org.rollcall.run.DeadLetters.Kind;
import org.rollcall.run.DeadLetters.Letter;
import org.rollcall.store.Store;

/**
 * The dead letters of files. They say where and why; the values stand in the report beside the file
 * and are deleted with it.
 */
public final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store store;
  private final DeadLetters deadLetters;

  public Refusals(Store store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  /** A file that was not taken at all. */
  long ofFile(MemberFile file, @Nullable Long run) {
    return keep(
        file,
        run,
        String.valueOf(file.refusal()),
        "correct the file and drop it again; to take it as it is, replay this letter");
  }

  /** Rows of a file that was taken without them. */
  long ofRows(MemberFile file, @Nullable Long run, String keptAs) {
    Line.Refused first = file.firstRefused().get(0);
    return keep(
        file,
        run,
        "%,d of %,d rows of %s could not be read; the first, line %d: %s"
            .formatted(
                file.refusedCount(), file.rows(), file.name(), first.number(), first.reason()),
        "mend them where the file comes from and drop it again; all of them stand in done/"
            + keptAs
            + DropFolder.REPORT);
  }

  private long keep(MemberFile file, @Nullable Long run, String cause, String remedy) {
    Letter letter = new Letter(Kind.FILE, null, null, payload(file), cause, remedy);
    return store.transaction(
        connection -> deadLetters.keep(connection, file.target(), run, letter));
  }

  private static String payload(MemberFile file) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("dropFile", file.id());
    payload.put("drop", file.drop().name());
    payload.put("file", file.name());
    payload.put("digest", file.facts().digest());
    payload.put("rows", file.rows());
    payload.put("refused", file.refusedCount());
    payload.put("first", file.firstRefused().stream().map(Refusals::place).toList());
    try {
      return JSON.writeValueAsString(payload);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Object> place(Line.Refused row) {
    return List.of(row.number(), row.column(), row.reason());
  }
}
