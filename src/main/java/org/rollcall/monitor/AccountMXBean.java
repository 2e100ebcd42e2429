package org.rollcall.monitor;

import org.jspecify.annotations.Nullable;

/** {@code org.rollcall:type=Account,name=NAME}. */
@Said("An account at a provider, without its tokens")
public interface AccountMXBean {
  @Said("connected, reconnect (a person has to connect it again) or new (no token taken over yet)")
  String getToken();

  @Said("When the access token ends, which renews itself")
  @Nullable String getTokenExpiresAt();

  @Said("When a run of it last ended well, in UTC")
  @Nullable String getLastSuccessAt();

  @Said("Requests allowed a UTC day")
  long getQuotaLimit();

  @Said("Requests of this UTC day, of everybody with the same API key")
  long getQuotaUsed();

  @Said("Requests left in this UTC day")
  long getQuotaLeft();

  @Said("Batches and bulk jobs of which the outcome is not known yet")
  long getOpenJobs();

  @Said("Whether a run writes to it now, on whichever node")
  boolean isBusy();
}
