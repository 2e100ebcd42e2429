package org.rollcall.monitor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code org.rollcall:type=Sync,name=NAME}. */
@Said("A sync: one source kept in step with one account")
public interface SyncMXBean {
  @Said("The account whose lists are kept")
  String getAccount();

  @Said("Members as the source gave them, once per group")
  long getMembers();

  @Said("Of those, the ones that synchronise")
  long getEligible();

  @Said("State of the newest run of the contacts, or never")
  String getLastState();

  @Said("When it began, in UTC; empty when there was none")
  @Nullable String getLastStartedAt();

  @Said("When it ended, in UTC; empty while it runs")
  @Nullable String getLastFinishedAt();

  @Said("What it counted")
  Map<String, Long> getLastCounts();

  @Said("Plans that wait for a person")
  long getHeldPlans();

  @Said("Dead letters that nobody settled")
  long getOpenDeadLetters();

  @Said("Address conflicts that nobody decided")
  long getOpenConflicts();

  @Said("Whether a run is under way, on whichever node")
  boolean isRunning();

  @Said("When it runs by itself next, in UTC; empty without a schedule")
  @Nullable String getNextRunAt();

  @Said("Whether its schedule is paused")
  boolean isPaused();

  @Said("Begins a run of its lists and contacts now, and does not wait for it")
  String runNow();

  @Said("Pauses its schedule on all nodes, also after a restart; a run under way goes on")
  void pause();

  @Said("Resumes its schedule; the last time that was missed is made up if its window is open")
  void resume();
}
