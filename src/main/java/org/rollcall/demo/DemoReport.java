package org.rollcall.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.verify.Statuses.GroupStatus;

/**
 * What the demo did and what came of it.
 *
 * @param requests provider calls of all syncs together
 * @param requestsOneByOne what a call for each contact and for each removal would have needed
 * @param exact whether the provider holds exactly what it should, and every check holds
 */
public record DemoReport(
    String home,
    String provider,
    int members,
    int groups,
    List<Step> steps,
    List<GroupStatus> lists,
    List<Example> examples,
    Timeline timeline,
    List<Check> checks,
    long requests,
    long requestsOneByOne,
    double seconds,
    boolean exact) {

  /**
   * One sync of the story.
   *
   * @param before what happened before it, in one sentence
   */
  public record Step(
      String title,
      String before,
      String state,
      @Nullable String held,
      long read,
      long created,
      long updated,
      long added,
      long removed,
      long requests,
      double seconds) {}

  /**
   * One member by name.
   *
   * @param story what happened to this member
   */
  public record Example(
      String memberKey,
      String name,
      String group,
      String story,
      String status,
      @Nullable String reason,
      @Nullable String detail,
      boolean asExpected) {}

  /**
   * What one member did with the newsletter, the first first.
   *
   * @param activities of all members together, as they were read
   * @param requests what reading them took
   */
  public record Timeline(
      String memberKey, String name, long activities, long requests, List<Deed> deeds) {}

  /** One of the things that the member did, or that was sent to them. */
  public record Deed(Instant at, String what, String campaign, @Nullable String link) {}

  /** Something that has to be true in the end. */
  public record Check(String claim, boolean holds, String seen) {}
}
