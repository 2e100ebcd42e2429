package org.rollcall.run;

import org.rollcall.settings.AccountSettings;
import org.rollcall.settings.SyncSettings;

/** The sync a run works on, with its numbers in the hub's tables. */
public record Target(int accountId, int syncId, SyncSettings sync, AccountSettings account) {}
