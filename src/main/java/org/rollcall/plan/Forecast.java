package org.rollcall.plan;

/**
 * What a plan will cost at the provider.
 *
 * @param calls provider calls, polling included once per job
 * @param minutes at the permitted rate, rounded up
 * @param quotaPercent share of a day's quota
 */
public record Forecast(long calls, long minutes, double quotaPercent) {
  static Forecast of(long calls, int perSecond, int perDay) {
    long perMinute = 60L * perSecond;
    return new Forecast(
        calls, (calls + perMinute - 1) / perMinute, Math.round(calls * 1000.0 / perDay) / 10.0);
  }
}
