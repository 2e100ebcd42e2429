package org.rollcall.sandbox;

import java.util.List;

/** Deletes tags or custom fields, one row each. */
final class Deletions implements Work {
  private final List<Runnable> rows;

  Deletions(List<Runnable> rows) {
    this.rows = rows;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public void apply(int from, int to, Tally tally, boolean dry) {
    tally.total = rows.size();
    for (Runnable row : rows.subList(from, to)) {
      if (!dry) {
        row.run();
      }
      tally.completed++;
    }
  }
}
