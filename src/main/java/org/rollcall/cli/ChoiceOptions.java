package org.rollcall.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.rollcall.choice.GroupChoices;
import org.rollcall.choice.GroupChoices.Group;
import org.rollcall.choice.Preview;
import org.rollcall.choice.Preview.Effect;
import org.rollcall.contract.Output;
import org.rollcall.hub.Hub;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which group is selected or deselected, by whom, and how the answer is told. */
final class ChoiceOptions {
  @Parameters(index = "0", paramLabel = "SYNC", description = "the sync, as in rollcall.syncs.NAME")
  String sync = "";

  @Parameters(index = "1", paramLabel = "GROUP", description = "a group of the sync")
  String group = "";

  @Option(names = "--by-setting", description = "drop what was chosen: the setting decides again")
  boolean bySetting;

  @Option(names = "--by", paramLabel = "USER", description = "who does it; default: you")
  String by = System.getProperty("user.name", "unknown");

  @Option(
      names = "--dry-run",
      description =
          "show what the next run would do, from what the source last gave; change nothing")
  boolean dryRun;

  @Option(names = "--json", description = "print the result as JSON")
  boolean json;

  int run(Hub hub, CommandLine command, boolean selected) {
    GroupChoices choices = hub.groupChoices();
    @Nullable Boolean wanted = bySetting ? null : Boolean.valueOf(selected);
    if (dryRun) {
      Preview preview = choices.preview(sync, group, wanted);
      print(command.getOut(), preview);
      return ExitCode.DONE;
    }
    try {
      Group chosen =
          wanted == null
              ? choices.leaveToSetting(sync, group)
              : choices.choose(sync, group, wanted, by);
      HubOptions.note(
          hub,
          wanted == null
              ? "left a group to the setting"
              : wanted ? "selected a group" : "deselected a group",
          sync,
          group);
      command.getOut().println(json ? Output.json(chosen) : GroupsCommand.line(chosen));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
    return ExitCode.DONE;
  }

  private void print(PrintWriter out, Preview preview) {
    if (json) {
      out.println(Output.json(preview));
      return;
    }
    out.println("the next run, if the source stays as it is");
    line(out, "as it is", preview.asItIs());
    line(
        out,
        "with %s %s".formatted(preview.group(), preview.selected() ? "selected" : "deselected"),
        preview.then());
    if (!preview.selected()) {
      out.printf(
          "%,d memberships that Rollcall made stay on the group's list and are not kept up to date%n",
          preview.onList());
    }
  }

  private static void line(PrintWriter out, String what, Effect effect) {
    out.printf(
        "  %-32s %,d eligible; %,d contacts created, %,d updated; %,d added to lists, %,d taken off;"
            + " %,d requests%s%n",
        what,
        effect.eligible(),
        effect.createContact(),
        effect.updateContact(),
        effect.addToList(),
        effect.removeFromList(),
        effect.requests(),
        effect.held() == null ? "" : "; held: " + effect.held());
  }
}
