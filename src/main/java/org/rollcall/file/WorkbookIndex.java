package org.rollcall.file;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workbook says about itself: its sheets in their order, where its texts and formats are.
 *
 * @param since1904 whether days count from 1904-01-01
 * @param recalculate whether its formulas wait for being computed when it is opened
 * @param texts the part with the shared texts
 * @param styles the part with the formats
 */
record WorkbookIndex(
    List<Sheet> sheets,
    boolean since1904,
    boolean recalculate,
    Optional<String> texts,
    Optional<String> styles) {
  private static final String MAIN = "/officedocument";

  /** As many as a person could still leaf through. */
  private static final int MOST_SHEETS = 1_000;

  /**
   * @param part the name of the part with its cells
   */
  record Sheet(String name, boolean hidden, String part) {}

  /** What one part says about another. */
  private record Relation(String type, String target, boolean outside) {}

  static WorkbookIndex read(WorkbookParts parts) {
    String main =
        relations(parts, "_rels/.rels", "").values().stream()
            .filter(relation -> relation.type().endsWith(MAIN) && !relation.outside())
            .map(Relation::target)
            .findFirst()
            .orElseThrow(WorkbookIndex::noWorkbook);
    int slash = main.lastIndexOf('/') + 1;
    Map<String, Relation> relations =
        relations(
            parts,
            main.substring(0, slash) + "_rels/" + main.substring(slash) + ".rels",
            main.substring(0, slash));
    try (WorkbookXml xml = parts.xml(main).orElseThrow(WorkbookIndex::noWorkbook)) {
      return read(xml, relations);
    }
  }

  private static WorkbookIndex read(WorkbookXml xml, Map<String, Relation> relations) {
    List<Sheet> sheets = new ArrayList<>();
    boolean since1904 = false;
    boolean recalculate = false;
    while (xml.nextElement()) {
      switch (xml.name()) {
        case "workbookPr" -> since1904 |= xml.flag("date1904");
        case "calcPr" -> recalculate |= xml.flag("fullCalcOnLoad");
        case "sheet" -> sheet(xml, relations).ifPresent(sheets::add);
        default -> {
          // views, names and the like
        }
      }
      if (sheets.size() > MOST_SHEETS) {
        throw new FileException(
            0,
            "the workbook has more than " + MOST_SHEETS + " sheets",
            "save the sheet alone in a new workbook",
            null);
      }
    }
    return new WorkbookIndex(
        List.copyOf(sheets),
        since1904,
        recalculate,
        part(relations, "/sharedstrings"),
        part(relations, "/styles"));
  }

  /** Empty for sheets that hold a chart or a dialogue instead of cells. */
  private static Optional<Sheet> sheet(WorkbookXml xml, Map<String, Relation> relations) {
    String name = xml.attribute("name");
    String id = xml.relation();
    Relation relation = id == null ? null : relations.get(id);
    if (name == null || relation == null || !relation.type().endsWith("/worksheet")) {
      return Optional.empty();
    }
    if (relation.outside()) {
      throw new FileException(
          0,
          "the sheet " + quoted(name) + " lies outside of the workbook",
          "outside files are never read; save the sheet in the workbook itself",
          null);
    }
    String state = xml.attribute("state");
    boolean hidden = state != null && state.toLowerCase(Locale.ROOT).endsWith("hidden");
    return Optional.of(new Sheet(name, hidden, relation.target()));
  }

  private static Optional<String> part(Map<String, Relation> relations, String type) {
    return relations.values().stream()
        .filter(relation -> relation.type().endsWith(type) && !relation.outside())
        .map(Relation::target)
        .findFirst();
  }

  private static Map<String, Relation> relations(WorkbookParts parts, String name, String folder) {
    Map<String, Relation> relations = new HashMap<>();
    Optional<WorkbookXml> part = parts.xml(name);
    if (part.isEmpty()) {
      return relations;
    }
    try (WorkbookXml xml = part.get()) {
      while (xml.nextElement() && relations.size() <= MOST_SHEETS * 2) {
        String id = xml.attribute("Id");
        String type = xml.attribute("Type");
        String target = xml.attribute("Target");
        if (xml.name().equals("Relationship") && id != null && type != null && target != null) {
          boolean outside = "External".equalsIgnoreCase(xml.attribute("TargetMode"));
          relations.put(
              id,
              new Relation(
                  type.toLowerCase(Locale.ROOT), outside ? "" : absolute(folder, target), outside));
        }
      }
    }
    return relations;
  }

  /** The name of a part without a slash before it; only a key to look up. */
  private static String absolute(String folder, String target) {
    String path = target.replace('\\', '/');
    String whole = path.startsWith("/") ? path : "/" + folder + path;
    try {
      String resolved = URI.create(whole.replace(" ", "%20")).normalize().getPath();
      return resolved == null ? "" : resolved.substring(1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static String quoted(@Nullable String name) {
    String shown = name == null ? "" : name.replaceAll("\\p{Cntrl}", "?");
    return '"' + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown) + '"';
  }

  private static FileException noWorkbook() {
    return new FileException(
        0,
        "this archive is no workbook: it names no main part",
        "save the table as an Excel workbook (.xlsx) or as CSV",
        null);
  }
}
