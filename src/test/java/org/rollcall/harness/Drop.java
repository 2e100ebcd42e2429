package org.rollcall.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.rollcall.drop.DropLedger.Entry;
import org.rollcall.drop.MemberFile;
import org.rollcall.drop.Reception;
import org.rollcall.run.Progress;
import org.rollcall.run.Runs;
import org.rollcall.settings.DropSettings;

/** The folder of the drop {@code members}, from which a scene's sync gets its members. */
final class Drop {
  static final String NAME = "members";

  private final Scene scene;

  /** Makes files the only source of the scene. */
  Drop(Scene scene) {
    this.scene = scene;
    scene.set("rollcall.syncs.chamber.members", "");
    scene.set("rollcall.drops.members.sync", Scene.SYNC);
    scene.set("rollcall.drops.members.settle", "0ms");
  }

  Drop set(String key, String value) {
    scene.set("rollcall.drops.members." + key, value);
    return this;
  }

  Path folder() {
    return scene.home().resolve("drops/members");
  }

  Path put(String name, String text) {
    return put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path put(String name, byte[] content) {
    try {
      Files.createDirectories(folder());
      return Files.write(folder().resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void touch(Path file, Instant modified) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(modified));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes every file that is whole, as the service's route does, and says what became of all. */
  List<Entry> look() {
    Reception reception = scene.hub().reception();
    reception.serve(scene.runner());
    reception.files(NAME).forEach(reception::take);
    reception.stop();
    return entries();
  }

  /** A file with this content, taken at once. */
  Entry take(String name, String text) {
    put(name, text);
    return look().get(0);
  }

  /** All files so far, the newest first. */
  List<Entry> entries() {
    return scene.hub().dropLedger().last(null, 100);
  }

  /** The last run there was. */
  Runs.Record run() {
    return scene.hub().runs().last(Scene.SYNC, 1).get(0);
  }

  /** The file given by hand, and what its runs came to. */
  record Imported(MemberFile file, List<Runs.Record> runs) {}

  Imported importFile(Path file, boolean forced, boolean dryRun) {
    return importFile(file, scene.hub().settings().drops().get(NAME), forced, dryRun);
  }

  Imported importFile(Path file, DropSettings rules, boolean forced, boolean dryRun) {
    AtomicReference<MemberFile> seen = new AtomicReference<>();
    try {
      List<Runs.Record> runs =
          scene
              .hub()
              .reception()
              .importFile(file, rules, forced, dryRun, scene.runner(), Progress.NONE, seen::set);
      return new Imported(seen.get(), runs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> names(String below) {
    Path folder = folder().resolve(below);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String below) {
    try {
      return Files.readString(folder().resolve(below));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
