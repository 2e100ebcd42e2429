package org.rollcall.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of {@code account_token}, tokens still sealed. */
record TokenRow(
    String account,
    boolean connected,
    byte @Nullable [] access,
    byte[] refresh,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable String seedDigest,
    int failures,
    @Nullable Instant retryAt,
    long version) {
  static final String COLUMNS =
      "account_name, state, access_ciphertext, refresh_ciphertext, issued_at, expires_at,"
          + " seed_digest, failures, retry_at, version";

  /** A tenth of the lifetime, so that short-lived tokens are not renewed at every call. */
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(5);

  static TokenRow of(ResultSet row) throws SQLException {
    OffsetDateTime retryAt = row.getObject("retry_at", OffsetDateTime.class);
    return new TokenRow(
        row.getString("account_name"),
        row.getString("state").equals("connected"),
        row.getBytes("access_ciphertext"),
        row.getBytes("refresh_ciphertext"),
        row.getObject("issued_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getString("seed_digest"),
        row.getInt("failures"),
        retryAt == null ? null : retryAt.toInstant(),
        row.getLong("version"));
  }

  /** Far enough from its end to be used without another thought. */
  boolean fresh(Instant now) {
    Duration margin = Duration.between(issuedAt, expiresAt).dividedBy(10);
    Duration capped = margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN;
    return usable(now.plus(capped));
  }

  boolean usable(Instant now) {
    return access != null && now.isBefore(expiresAt);
  }

  /**
   * @param longest a rest that would end later was noted before the host's clock was put back
   */
  boolean resting(Instant now, Duration longest) {
    return retryAt != null && now.isBefore(retryAt) && !retryAt.isAfter(now.plus(longest));
  }
}
