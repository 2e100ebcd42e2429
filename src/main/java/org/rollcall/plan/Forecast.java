package org.rollcall.plan;

import java.time.Duration;

/**
 * What a plan will cost at the provider.
 *
 * @param calls provider calls, polling included once per job
 * @param duration at the permitted rate
 * @param quotaPercent share of the day's quota
 */
public record Forecast(long calls, Duration duration, double quotaPercent) {
  static Forecast of(long calls, int perSecond, int perDay) {
    return new Forecast(
        calls,
        Duration.ofSeconds((calls + perSecond - 1) / perSecond),
        Math.round(calls * 1000.0 / perDay) / 10.0);
  }

  /** Such as "about 120 provider calls, 1 minute at the permitted rate, 1.2 % of a day's quota". */
  @Override
  public String toString() {
    long minutes = (duration.toSeconds() + 59) / 60;
    return "about %,d provider calls, %s at the permitted rate, %s %% of a day's quota"
        .formatted(
            calls, minutes <= 1 ? "a minute at most" : minutes + " minutes", quotaPercent);
  }
}
