package dev.strandline.store.sqlite.internal;

/** Whether a table holds anything: asked once a transaction, and not again for every message. */
final class Presence {
  private enum State {
    UNKNOWN,
    EMPTY,
    LIKELY
  }

  private final Rows rows;
  private final String table;
  private State state = State.UNKNOWN;

  Presence(Rows rows, String table) {
    this.rows = rows;
    this.table = table;
  }

  /** False only where the table is empty. */
  boolean isLikely() {
    if (state == State.UNKNOWN) {
      boolean isThere = rows.first("SELECT 1 FROM " + table, row -> row.count(1)).isPresent();
      state = isThere ? State.LIKELY : State.EMPTY;
    }
    return state == State.LIKELY;
  }

  /** Something has been put into it. */
  void added() {
    state = State.LIKELY;
  }
}
