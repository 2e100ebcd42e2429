package org.rollcall.explain;

import java.sql.Connection;
import org.rollcall.run.Target;
import org.rollcall.store.Query;

/** The member that is explained, in the terms of the hub's tables. */
record Subject(Target target, String member) {
  Query query(Connection connection, String name) {
    return Query.named(connection, name)
        .bind("account", target.accountId())
        .bind("sync", target.syncId())
        .bind("member", member);
  }
}
