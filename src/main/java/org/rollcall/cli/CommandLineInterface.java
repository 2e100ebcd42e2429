package org.rollcall.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.pace.ProviderException;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.settings.SettingsException;
import org.rollcall.stage.SourceException;
import org.rollcall.store.StoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands of {@code ./rollcall}. */
@Command(
    name = "rollcall",
    description = "Keeps the lists of an e-mail marketing provider in step with a member database.",
    mixinStandardHelpOptions = true,
    version = "Rollcall 0.1.0",
    subcommands = {
      RunCommand.class,
      SyncCommand.class,
      ImportCommand.class,
      DropsCommand.class,
      StatusCommand.class,
      AddCommand.class,
      RemoveCommand.class,
      HouseholdCommand.class,
      GroupsCommand.class,
      SelectCommand.class,
      DeselectCommand.class,
      ConsentCommand.class,
      ActivitiesCommand.class,
      ApproveCommand.class,
      RejectCommand.class,
      UndoCommand.class,
      DeadLettersCommand.class,
      ReplayCommand.class,
      DismissCommand.class,
      ConflictsCommand.class,
      DecideCommand.class,
      RetireCommand.class,
      DriftCommand.class,
      ConnectCommand.class,
      CheckCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      MailCommand.class,
      DigestCommand.class,
      TokensCommand.class,
      RestoredCommand.class,
      UsersCommand.class,
      ForgetCommand.class,
      RememberCommand.class,
      SandboxCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class CommandLineInterface implements Runnable {
  @CommandLine.Spec CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "which command?");
  }

  /** Runs a command line; results go to stdout, everything else to stderr. */
  public static int run(String[] args) {
    Logs.configure(args);
    CommandLine line =
        new CommandLine(new CommandLineInterface())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .setExecutionExceptionHandler(CommandLineInterface::explain)
            .setParameterExceptionHandler(CommandLineInterface::usage);
    int code = line.execute(Arguments.commandFirst(args));
    return written(line.getErr()) ? code : Math.max(code, ExitCode.FAILED);
  }

  /** A result that a full disk or a closed pipe cut short must not pass for the whole. */
  private static boolean written(PrintWriter err) {
    if (System.out.checkError()) {
      err.println("the result could not be written to its end");
      return false;
    }
    return true;
  }

  /** One sentence instead of a stack trace; the trace is in the log at level debug. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    LoggerFactory.getLogger(CommandLineInterface.class).debug("command failed", failure);
    boolean told =
        failure instanceof SettingsException
            || failure instanceof StoreException
            || failure instanceof SourceException
            || failure instanceof ProviderException
            || failure instanceof UnknownScope
            || failure instanceof IllegalStateException;
    String message = told ? String.valueOf(failure.getMessage()) : "unexpected: " + failure;
    command.getErr().println(message);
    return failure instanceof SettingsException || failure instanceof UnknownScope
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  private static int usage(ParameterException wrong, String[] args) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(said(wrong));
    err.println("try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private static String said(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(wrong.getMessage())
          .replaceAll("is not an? (long|int)$", "is not a number");
    }
    String first = unmatched.getUnmatched().get(0);
    List<String> close = unmatched.getSuggestions();
    String what =
        unmatched.isUnknownOption()
            ? "there is no option " + first
            : wrong.getCommandLine().getSubcommands().isEmpty()
                ? "\"" + first + "\" is one argument too many"
                : "there is no command \"" + first + "\"";
    return what + (close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?");
  }
}
