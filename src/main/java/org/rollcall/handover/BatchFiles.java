package org.rollcall.handover;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.file.CsvLine;

/**
 * The bean inside kamelet:file-interactions-action: one file a batch, named after the ids in it. A
 * file is complete as soon as it can be seen under its name.
 */
public final class BatchFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path folder = Path.of("");
  private boolean csv;

  public void setFolder(String folder) {
    this.folder = Path.of(folder);
  }

  /** {@code jsonl} or {@code csv}. */
  public void setFormat(String format) {
    csv = format.equals("csv");
  }

  /**
   * @param batch rows with the same keys, an {@code id} among them
   */
  public void write(List<Map<String, @Nullable Object>> batch) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, ".batch", ".part");
    try {
      write(batch, part);
      Files.move(
          part,
          folder.resolve(name(batch)),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(List<Map<String, @Nullable Object>> batch, Path part) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
      if (csv) {
        out.write(line(batch.get(0).keySet().stream().map(String::valueOf).toList()));
      }
      for (Map<String, @Nullable Object> row : batch) {
        out.write(csv ? line(row.values()) : JSON.writeValueAsString(texts(row)) + "\n");
      }
    }
  }

  private static String line(Iterable<? extends @Nullable Object> cells) {
    StringBuilder line = new StringBuilder();
    for (Object cell : cells) {
      line.append(line.isEmpty() ? "" : ",");
      line.append(CsvLine.cell(cell == null ? "" : cell.toString()));
    }
    return line.append("\r\n").toString();
  }

  /** Times as text; what is absent is null. */
  private static Map<String, @Nullable String> texts(Map<String, @Nullable Object> row) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    row.forEach((key, value) -> texts.put(key, value == null ? null : value.toString()));
    return texts;
  }

  private String name(List<Map<String, @Nullable Object>> batch) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Map<String, @Nullable Object> row : batch) {
        digest.update(String.valueOf(row.get("id")).getBytes(StandardCharsets.UTF_8));
      }
      String hash = HexFormat.of().formatHex(digest.digest(), 0, 12);
      return "interactions-" + hash + (csv ? ".csv" : ".jsonl");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
