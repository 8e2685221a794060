package dev.strandline.cli;

import dev.strandline.cli.text.Moments;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/** Shows how far the making of a search index has come, and says so once it is made. */
final class IndexProgress implements SqliteStore.IndexingListener {
  private static final int CELLS = 78;

  private final boolean watched;
  private final boolean verbose;
  private final PrintWriter notes;
  private final BooleanSupplier isToEnd;
  private boolean isMade;

  /**
   * @param isToEnd whether to stop where it has come to
   */
  IndexProgress(boolean watched, boolean verbose, PrintWriter notes, BooleanSupplier isToEnd) {
    this.watched = watched;
    this.verbose = verbose;
    this.notes = notes;
    this.isToEnd = isToEnd;
  }

  static IndexProgress of(StrandlineCommand root) {
    return new IndexProgress(
        root.surroundings().watched(), root.verbose(), root.notes(), Ending::isAsked);
  }

  @Override
  public void indexed(long messages, long of) {
    if (isMade) {
      return;
    }
    isMade = messages >= of;
    String doing =
        "Making the search index: "
            + Moments.number(messages)
            + " of "
            + Moments.number(of)
            + " messages";
    if (watched) {
      notes.print("\r" + doing + " ".repeat(Math.max(0, CELLS - doing.length())));
      notes.print(isMade ? "\r" + " ".repeat(CELLS) + "\r" : "");
    } else if (verbose) {
      notes.println(doing);
    }
    if (isMade && of > 0) {
      String counted = Moments.number(of) + (of == 1 ? " message." : " messages.");
      notes.println("Made the search index of " + counted);
    }
    notes.flush();
    if (!isMade && isToEnd.getAsBoolean()) {
      throw new Problem(
          ExitState.INTERRUPTED,
          "stopped while the search index was being made.",
          "What was made of it stays; run the same again to go on.");
    }
  }
}
