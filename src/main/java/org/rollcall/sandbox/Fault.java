package org.rollcall.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Trouble for the next matching requests.
 *
 * @param method or {@code *}
 * @param path as a client sends it ({@code /v3/contacts}, {@code /oauth2/default/v1/token}); {@code
 *     *} stands for any characters
 * @param times how many requests it hits; -1 until cleared
 * @param skip how many matching requests pass first
 * @param chance between 0 and 1, for trouble now and then
 * @param status of {@code STATUS} and {@code HTML}
 * @param body of {@code STATUS}; the provider's own form when absent
 * @param delay of {@code DELAY}, whole time of {@code DRIBBLE}, visibility of {@code LATE}
 * @param percent how much a failing bulk job applies first
 */
public record Fault(
    String method,
    String path,
    int times,
    int skip,
    double chance,
    Effect effect,
    int status,
    @Nullable String body,
    Duration delay,
    int percent) {

  public enum Effect {
    /** Answers with {@code status} before anything is done. */
    STATUS,
    /** A proxy's page instead of JSON. */
    HTML,
    THROTTLED,
    QUOTA_EXCEEDED,
    /** 403 without a body. */
    FORBIDDEN,
    /** The connection is closed, nothing was done. */
    RESET_BEFORE,
    /** Everything was done, then the connection is closed without an answer. */
    RESET_AFTER,
    /** Everything was done, half of the body arrives. */
    TRUNCATE,
    /** Everything was done, the body arrives in drops over {@code delay}. */
    DRIBBLE,
    /** Everything was done, the answer is 200 (or its own success status) with no body. */
    EMPTY,
    /** Works after {@code delay}. */
    DELAY,
    /** The bulk job is never finished by itself. */
    ACTIVITY_STUCK,
    ACTIVITY_FAILED,
    ACTIVITY_CANCELLED,
    ACTIVITY_TIMED_OUT,
    /** The bulk job's effects show {@code delay} after its completion. */
    LATE
  }

  public static Fault of(String method, String path, Effect effect) {
    return new Fault(method, path, 1, 0, 1, effect, 0, null, Duration.ofSeconds(2), 0);
  }

  public static Fault status(String method, String path, int status) {
    return of(method, path, Effect.STATUS).withStatus(status);
  }

  public Fault withTimes(int newTimes) {
    return new Fault(method, path, newTimes, skip, chance, effect, status, body, delay, percent);
  }

  public Fault withSkip(int newSkip) {
    return new Fault(method, path, times, newSkip, chance, effect, status, body, delay, percent);
  }

  public Fault withChance(double newChance) {
    return new Fault(method, path, times, skip, newChance, effect, status, body, delay, percent);
  }

  public Fault withStatus(int newStatus) {
    return new Fault(method, path, times, skip, chance, effect, newStatus, body, delay, percent);
  }

  public Fault withBody(String newBody) {
    return new Fault(method, path, times, skip, chance, effect, status, newBody, delay, percent);
  }

  public Fault withDelay(Duration newDelay) {
    return new Fault(method, path, times, skip, chance, effect, status, body, newDelay, percent);
  }

  public Fault withPercent(int newPercent) {
    return new Fault(method, path, times, skip, chance, effect, status, body, delay, newPercent);
  }
}
