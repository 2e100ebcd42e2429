package org.rollcall.monitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code org.rollcall:type=Service}. */
@Said("The service of this process")
public interface ServiceMXBean {
  @Said("Why no work can be done; empty when all is well")
  List<String> getReasons();

  @Said("Whether the hub's database answered when it was asked last")
  boolean isDatabaseAnswering();

  @Said("When the figures of accounts and syncs were read, in UTC")
  @Nullable String getFiguresReadAt();

  @Said("The names of the syncs")
  List<String> getSyncs();

  @Said("The names of the accounts")
  List<String> getAccounts();
}
