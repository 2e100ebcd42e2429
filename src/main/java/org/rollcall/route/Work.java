package org.rollcall.route;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.rollcall.activity.ActivityReports;
import org.rollcall.choice.Choices;
import org.rollcall.drop.MemberFile;
import org.rollcall.handover.Matter;
import org.rollcall.member.GroupSelection;
import org.rollcall.plan.Plan;
import org.rollcall.provider.Provider;
import org.rollcall.resolve.UnknownScope;
import org.rollcall.run.Run;
import org.rollcall.stage.StagedSource;
import org.rollcall.stage.Staging;

/** The body of a job's exchange: the run, and what its steps hand to each other. */
public final class Work {
  private final Run run;
  private final Provider provider;
  private OptionalLong interrupted = OptionalLong.empty();
  private @Nullable Staging staging;
  private @Nullable StagedSource staged;
  private @Nullable Plan plan;
  private long refused;
  private boolean emptyRead;
  private boolean adopted;
  private boolean wholePlanHeld;
  private final Map<Matter, String> waiting = new EnumMap<>(Matter.class);
  private @Nullable UnknownScope unknownScope;
  private ActivityReports.@Nullable Reading reading;
  private final @Nullable MemberFile file;
  private boolean rehearsed;
  private @Nullable RuntimeException broken;
  private @Nullable GroupSelection selection;

  /**
   * @param file where the members stand, absent when a route reads them or they stand as they are
   */
  Work(Run run, Provider provider, @Nullable MemberFile file) {
    this.run = run;
    this.provider = provider;
    this.file = file;
  }

  /** The work of a further job of the same command: the source is not read again for it. */
  Work(Run run, Provider provider, Work before) {
    this(run, provider, before.file);
    staging = before.staging;
    staged = before.staged;
    broken = before.broken;
    emptyRead = before.emptyRead;
    selection = before.selection;
    if (before.staged != null) {
      run.counts().read = before.staged.readCount();
    }
  }

  Run run() {
    return run;
  }

  Provider provider() {
    return provider;
  }

  OptionalLong interrupted() {
    return interrupted;
  }

  void interrupted(OptionalLong settled) {
    interrupted = settled;
  }

  @Nullable Staging staging() {
    return staging;
  }

  void staging(Staging open) {
    staging = open;
  }

  /** Which groups synchronise, looked up once, so that all steps of a command agree. */
  GroupSelection selection(Choices choices) {
    if (selection == null) {
      selection = choices.selection(run.target());
    }
    return selection;
  }

  /** The source as this command has read it, absent before the first reading. */
  @Nullable StagedSource staged() {
    return staged;
  }

  void staged(StagedSource read) {
    staged = read;
  }

  StagedSource read() {
    return Objects.requireNonNull(staged, "the source has not been read");
  }

  List<String> customColumns() {
    return Source.customColumns(read().columns());
  }

  @Nullable Plan plan() {
    return plan;
  }

  void plan(Plan made) {
    plan = made;
  }

  long refused() {
    return refused;
  }

  void refused(long rows) {
    refused = rows;
  }

  boolean emptyRead() {
    return emptyRead;
  }

  /** The source gave nothing although it gave something before. */
  void emptyRead(boolean empty) {
    emptyRead = empty;
  }

  /** Why the rest of a matter waits for the next run to be handed over, if it does. */
  @Nullable String waiting(Matter matter) {
    return waiting.get(matter);
  }

  void waiting(Matter matter, @Nullable String why) {
    if (why != null) {
      waiting.put(matter, why);
    }
  }

  /** What waits to be handed over, if anything does. */
  @Nullable String waiting() {
    return waiting.isEmpty() ? null : String.join("; ", waiting.values());
  }

  @Nullable UnknownScope unknownScope() {
    return unknownScope;
  }

  void unknownScope(UnknownScope unknown) {
    unknownScope = unknown;
  }

  /** Whether a further job still has something to do: it reads the opt-outs, and no more. */
  boolean isBroken() {
    return broken != null;
  }

  /** Why the source could not be read, or what it gave not be kept. */
  void broken(RuntimeException why) {
    broken = why;
  }

  /** What failed in the job before is not tried again in this one. */
  void refuseBroken() {
    if (broken != null) {
      throw broken;
    }
  }

  /** The reading of activities that is under way. */
  ActivityReports.Reading reading() {
    return Objects.requireNonNull(reading, "nobody has looked for activities");
  }

  void reading(ActivityReports.Reading begun) {
    reading = begun;
  }

  void close() {
    if (staging != null) {
      staging.close();
    }
  }

  boolean adopted() {
    return adopted;
  }

  /** Lists were adopted whose memberships were not known when the account was read. */
  void adopted(boolean lists) {
    adopted = lists;
  }

  /** Not even additions are sent. */
  void holdWholePlan() {
    wholePlanHeld = true;
  }

  /** The file that holds the members, absent when they come in another way. */
  @Nullable MemberFile file() {
    return file;
  }

  /** The members stand as the last file left them: there is nothing to read. */
  boolean standing() {
    return file == null && run.target().sync().members() == null;
  }

  /** The plan was made and undone again; only what it says is left. */
  boolean rehearsed() {
    return rehearsed;
  }

  void rehearse() {
    rehearsed = true;
  }

  /** Whether the source has still to be read, asked by the source route. */
  public boolean isToRead() {
    return staged == null && !standing();
  }

  /** Whether this is no dry run, asked by a job's route. */
  public boolean isInEarnest() {
    return !run.scope().dryRun();
  }

  /** Whether there is something to send, asked by the job's route. */
  public boolean isToDeliver() {
    return plan != null && !plan.empty() && !run.scope().dryRun() && !wholePlanHeld;
  }
}
