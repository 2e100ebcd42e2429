package org.rollcall.alert;

import java.util.List;

/**
 * Something that somebody should know of, as long as it lasts.
 *
 * @param account the name of the account it is about, or whose sync it is about
 * @param subject the name of the sync or account
 * @param headline says all of it in a few words
 * @param story what happened and what it means, in a sentence or two
 * @param remedy what to do; commands begin with {@code rollcall}
 */
record Condition(
    Kind kind, String account, String subject, String headline, String story, List<String> remedy) {

  /** What tells one condition from another. */
  record Key(String account, Kind kind, String subject) {}

  Key key() {
    return new Key(account, kind, subject);
  }
}
