package org.rollcall.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the stand-in behaves. What the provider documents is not optional here; what it leaves open
 * is a switch, set to the answer that is hardest on a client.
 *
 * @param port 0 takes any free one
 * @param redirectUris the registered ones; empty accepts any address on the loopback
 * @param approveAtOnce the consent page redirects without asking
 * @param clockStart where the virtual clock begins; the real time when absent
 */
public record SandboxOptions(
    int port,
    String clientId,
    String clientSecret,
    List<String> redirectUris,
    boolean approveAtOnce,
    @Nullable Instant clockStart,
    Limits limits,
    Tokens tokens,
    Jobs jobs,
    Rules rules,
    Reports reports) {

  /**
   * @param requestsPerSecond per client id in any sliding second; 0 for no limit
   * @param requestsPerDay per client id and UTC day of the virtual clock; 0 for no limit
   * @param tokenRequestsPerMinute of the token endpoint, per client id; 0 for no limit
   */
  public record Limits(int requestsPerSecond, int requestsPerDay, int tokenRequestsPerMinute) {}

  /**
   * @param rotating each refresh kills all earlier refresh tokens of its grant
   * @param expiresInAsText refresh answers carry {@code "expires_in": "86400"}
   * @param idleLife a refresh token unused for so long is dead
   */
  public record Tokens(
      Duration accessTokenLife, boolean rotating, boolean expiresInAsText, Duration idleLife) {}

  /**
   * @param delay from acceptance to completion, on the virtual clock
   * @param portions in how many pieces the effects of a bulk job become visible
   * @param visibilityDelay from completion until the last portion is visible
   * @param importBytes what lies behind is dropped without an error
   * @param importLines including the header line, which JSON imports count as well
   * @param queued more waiting jobs than this are refused
   * @param refuseUnknownColumns an import naming an unknown custom field is a 400, else it is
   *     ignored
   * @param blankClears whether an empty text in an import row clears the field
   */
  public record Jobs(
      Duration delay,
      int portions,
      Duration visibilityDelay,
      int importBytes,
      int importLines,
      int queued,
      boolean refuseUnknownColumns,
      boolean blankClears) {}

  /**
   * @param refusePeriodInFirstName "T.J." is refused by the single-contact calls
   * @param clipLimit a page size above the maximum is cut to it, else it is a 400
   * @param listPageMaximum of {@code GET /contact_lists}
   * @param addingUnsubscribedStatus 0 accepts a new list for somebody who opted out (without making
   *     him mailable), otherwise the status it is refused with
   * @param confirmedOptIn new sign-ups wait for a confirmation
   * @param dropRowAtPageBorder every next link loses one row
   * @param lowerCaseFieldNames a custom field's name is its label in lower case
   */
  public record Rules(
      boolean refusePeriodInFirstName,
      boolean clipLimit,
      int listPageMaximum,
      int addingUnsubscribedStatus,
      boolean confirmedOptIn,
      boolean dropRowAtPageBorder,
      boolean lowerCaseFieldNames) {}

  /**
   * @param shiftingPages next links of reports count rows, so that what becomes known meanwhile
   *     moves rows onto the next page; else they stay where they were
   * @param mixedTimes reports write their times in all forms the service is known for
   * @param countsDelay how long the counts of campaigns lag behind the rows; negative when they are
   *     ahead
   */
  public record Reports(boolean shiftingPages, boolean mixedTimes, Duration countsDelay) {}

  public static SandboxOptions defaults() {
    return new SandboxOptions(
        0,
        "sandbox-client",
        "sandbox-secret",
        List.of(),
        false,
        null,
        new Limits(4, 10_000, 0),
        new Tokens(Duration.ofDays(1), true, false, Duration.ofDays(180)),
        new Jobs(Duration.ofSeconds(1), 1, Duration.ZERO, 4_000_000, 40_000, 1_000, true, false),
        new Rules(true, false, 1_000, 0, false, false, true),
        new Reports(false, false, Duration.ZERO));
  }

  public SandboxOptions withPort(int newPort) {
    return new SandboxOptions(
        newPort,
        clientId,
        clientSecret,
        redirectUris,
        approveAtOnce,
        clockStart,
        limits,
        tokens,
        jobs,
        rules,
        reports);
  }

  public SandboxOptions withClock(Instant start) {
    return new SandboxOptions(
        port,
        clientId,
        clientSecret,
        redirectUris,
        approveAtOnce,
        start,
        limits,
        tokens,
        jobs,
        rules,
        reports);
  }

  public SandboxOptions withConsent(boolean atOnce, List<String> registeredRedirectUris) {
    return new SandboxOptions(
        port,
        clientId,
        clientSecret,
        registeredRedirectUris,
        atOnce,
        clockStart,
        limits,
        tokens,
        jobs,
        rules,
        reports);
  }

  public SandboxOptions withLimits(int requestsPerSecond, int requestsPerDay) {
    Limits newLimits =
        new Limits(requestsPerSecond, requestsPerDay, limits.tokenRequestsPerMinute());
    return with(newLimits, tokens, jobs, rules);
  }

  public SandboxOptions withTokens(Tokens newTokens) {
    return with(limits, newTokens, jobs, rules);
  }

  public SandboxOptions withJobs(Jobs newJobs) {
    return with(limits, tokens, newJobs, rules);
  }

  public SandboxOptions withJobDelay(Duration delay) {
    return withJobs(
        new Jobs(
            delay,
            jobs.portions,
            jobs.visibilityDelay,
            jobs.importBytes,
            jobs.importLines,
            jobs.queued,
            jobs.refuseUnknownColumns,
            jobs.blankClears));
  }

  public SandboxOptions withRules(Rules newRules) {
    return with(limits, tokens, jobs, newRules);
  }

  public SandboxOptions withReports(Reports newReports) {
    return new SandboxOptions(
        port,
        clientId,
        clientSecret,
        redirectUris,
        approveAtOnce,
        clockStart,
        limits,
        tokens,
        jobs,
        rules,
        newReports);
  }

  SandboxOptions with(Limits newLimits, Tokens newTokens, Jobs newJobs, Rules newRules) {
    return new SandboxOptions(
        port,
        clientId,
        clientSecret,
        redirectUris,
        approveAtOnce,
        clockStart,
        newLimits,
        newTokens,
        newJobs,
        newRules,
        reports);
  }
}
