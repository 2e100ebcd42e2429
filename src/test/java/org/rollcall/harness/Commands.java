package org.rollcall.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.Rollcall;
import org.rollcall.cli.CommandLineInterface;

/** The command line of a home, in this process or in one of its own. */
public final class Commands {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Commands() {}

  /** What a command said, and how it ended. */
  public record Result(int code, String out, String err) {
    public JsonNode json() {
      return parse(out);
    }

    public List<JsonNode> lines() {
      return out.lines().filter(line -> !line.isBlank()).map(Commands::parse).toList();
    }
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  public static synchronized Result run(Path home, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--home");
    all.add(home.toString());
    return bare(all.toArray(String[]::new));
  }

  /** A command that knows no home. */
  static synchronized Result bare(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      int code = CommandLineInterface.run(args);
      return new Result(
          code, said.toString(StandardCharsets.UTF_8), told.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** A process of its own, whose output goes to a file of the home. */
  public static Process start(Path home, String... args) throws IOException {
    return process(home, command(home, args));
  }

  /** The same, after a command of the shell, such as a limit. */
  public static Process startWithin(String limit, Path home, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$@\"", "sh"));
    command.addAll(command(home, args));
    return process(home, command);
  }

  /** A class of the tests in a process of its own, with a heap of so many megabytes. */
  static Process startMain(Class<?> main, String megabytes, Path home, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(java());
    command.add(1, "-Xmx" + megabytes + "m");
    command.add(main.getName());
    command.add(home.toString());
    command.addAll(List.of(args));
    return process(home, command);
  }

  private static List<String> command(Path home, String... args) {
    List<String> command = new ArrayList<>(java());
    command.add(Rollcall.class.getName());
    command.addAll(List.of(args));
    command.add("--home");
    command.add(home.toString());
    return command;
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
  }

  private static Process process(Path home, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("process.log").toFile())
        .start();
  }
}
