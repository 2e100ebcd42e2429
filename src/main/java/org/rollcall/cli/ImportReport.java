package org.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import org.rollcall.contract.Output;
import org.rollcall.drop.MemberFile;
import org.rollcall.file.Line;
import org.rollcall.file.Recognised;
import org.rollcall.hub.Hub;
import org.rollcall.run.Runs;

/** What became of an imported file, in words for a person or as JSON. */
final class ImportReport {
  private final Hub hub;
  private final PrintWriter out;
  private final MemberFile file;

  ImportReport(Hub hub, PrintWriter out, MemberFile file) {
    this.hub = hub;
    this.out = out;
    this.file = file;
  }

  void print(List<Runs.Record> runs, boolean dryRun) {
    file.recognised().ifPresent(this::recognised);
    file.columns().forEach((column, meaning) -> out.printf("  column %s: %s%n", column, meaning));
    file.notes().forEach(note -> out.printf("  note: %s%n", note));
    if (dryRun) {
      rows();
    }
    refused();
    if (file.refusal() != null) {
      out.printf("refused: %s%n", file.refusal());
    } else if (file.repeated() != null) {
      out.printf("nothing new: %s%n", file.repeated());
    }
    file.incomplete()
        .forEach(why -> out.printf("not complete, so nobody is taken to have left: %s%n", why));
    RunReport report = new RunReport(hub, out);
    if (file.refusal() == null) {
      runs.forEach(report::print);
    }
    report.changes(file.foreseen());
  }

  private void recognised(Recognised how) {
    out.printf(
        "%s: %s%s%s%s, %,d rows%n",
        file.name(),
        how.format(),
        how.container().equals("none") ? "" : " in " + how.container(),
        how.charset().isEmpty() ? "" : ", " + how.charset(),
        how.delimiter().isEmpty() ? "" : ", separated by " + visible(how.delimiter()),
        file.rows());
  }

  private static String visible(String delimiter) {
    return delimiter.equals("\t") ? "tab" : delimiter;
  }

  private void rows() {
    file.firstRows()
        .forEach(
            row -> {
              out.printf("  line %d%n", row.number());
              row.cells().forEach((column, cell) -> out.printf("    %s = %s%n", column, cell));
            });
  }

  private void refused() {
    for (Line.Refused row : file.firstRefused()) {
      out.printf(
          "  refused line %d%s: %s%n",
          row.number(), row.column() == 0 ? "" : ", column " + row.column(), row.reason());
    }
    if (file.refusedCount() > file.firstRefused().size()) {
      out.printf("  ... %,d rows refused in all%n", file.refusedCount());
    }
  }

  void json(List<Runs.Record> runs, boolean dryRun) {
    ObjectNode node = (ObjectNode) Output.parsed("{}");
    node.put("file", file.name());
    node.put("content", file.drop().content().word());
    node.put("rows", file.rows());
    node.put("refusedRows", file.refusedCount());
    node.put("refused", file.refusal());
    node.put("repeated", file.repeated());
    node.set("incomplete", Output.parsed(Output.json(file.incomplete())));
    node.set("recognised", Output.parsed(Output.json(file.recognised().orElse(null))));
    node.set("columns", Output.parsed(Output.json(file.columns())));
    node.set("notes", Output.parsed(Output.json(file.notes())));
    ArrayNode first = node.putArray("firstRefused");
    file.firstRefused()
        .forEach(
            row ->
                first
                    .addObject()
                    .put("line", row.number())
                    .put("column", row.column())
                    .put("reason", row.reason()));
    if (dryRun) {
      node.set("firstRows", Output.parsed(Output.json(file.firstRows())));
      node.set("foreseen", Output.parsed(Output.json(file.foreseen())));
    }
    JsonNode done = Output.parsed(Output.json(runs.stream().map(Output::run).toList()));
    node.set("runs", done);
    out.println(node);
  }

  int exitCode(List<Runs.Record> runs) {
    if (file.refusal() != null) {
      return ExitCode.FAILED;
    }
    return runs.isEmpty() ? ExitCode.DONE : ExitCode.of(runs);
  }
}
