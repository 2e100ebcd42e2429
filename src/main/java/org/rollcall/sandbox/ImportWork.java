package org.rollcall.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An accepted import: reads its rows in batches and applies each batch under one lock. */
final class ImportWork implements Work {
  private static final int BATCH = 500;

  private final Store store;
  private volatile @Nullable ImportRows rows;
  private final int size;
  private final RowImport rowImport;

  ImportWork(Store store, ImportRows rows, int size, RowImport rowImport) {
    this.store = store;
    this.rows = rows;
    this.size = size;
    this.rowImport = rowImport;
  }

  @Override
  public void release() {
    rows = null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void apply(int from, int to, Tally tally, boolean dry) {
    tally.total = to - from + 1;
    ImportRows source = rows;
    if (from >= to || source == null) {
      return;
    }
    List<ImportRow> batch = new ArrayList<>(BATCH);
    source.read(
        row -> {
          int position = row.line - 2;
          if (position >= from) {
            batch.add(row);
          }
          if (batch.size() == BATCH || position == to - 1) {
            store.change(() -> batch.forEach(each -> rowImport.apply(each, tally, dry)));
            batch.clear();
          }
          return position < to - 1;
        });
  }
}
