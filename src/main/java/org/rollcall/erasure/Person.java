package org.rollcall.erasure;

import java.util.List;

/**
 * One person as the hub knows them.
 *
 * @param members their keys, one per sync at most
 * @param addresses present and former ones that nobody else has
 * @param shared addresses that another member has as well, which therefore stay
 */
public record Person(List<Member> members, List<String> addresses, List<Shared> shared) {
  /** A member of one sync's source. */
  public record Member(int account, int syncId, String sync, String key) {}

  /** An address, and the keys of the others who have it. */
  public record Shared(String address, String with) {}
}
