package org.rollcall.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One provider account.
 *
 * @param requestsPerSecond the provider's rate per API key; Constant Contact allows 4
 * @param requestsPerDay the provider's quota per API key and UTC day; Constant Contact allows
 *     10,000
 * @param optOutReserve requests of the day that only opt-out reads may use
 */
public record AccountSettings(
    String name,
    String provider,
    URI apiUrl,
    URI authUrl,
    String clientId,
    @Nullable Secret clientSecret,
    @Nullable Secret refreshToken,
    Duration pollInterval,
    Duration jobDeadline,
    Duration settlePatience,
    int requestsPerSecond,
    int requestsPerDay,
    int optOutReserve,
    ReadingSettings activities) {

  /** The same account at another, lower rate. */
  public AccountSettings withRequestsPerSecond(int lower) {
    return new AccountSettings(
        name,
        provider,
        apiUrl,
        authUrl,
        clientId,
        clientSecret,
        refreshToken,
        pollInterval,
        jobDeadline,
        settlePatience,
        lower,
        requestsPerDay,
        optOutReserve,
        activities);
  }
}
