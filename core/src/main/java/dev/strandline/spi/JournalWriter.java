package dev.strandline.spi;

import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import java.time.Instant;

/**
 * Writes the journal of a store, in the transaction of what it describes (R2). Numbers are the
 * engine's: it counts on from {@link JournalReader#journalReach}.
 */
public interface JournalWriter extends JournalReader {

  /** Inserts or replaces a run. */
  void putRun(RunEntry run);

  /** Inserts or replaces a pass. */
  void putPass(PassEntry pass);

  /** Inserts or replaces a page. */
  void putPage(PageEntry page);

  /**
   * From now on, in this transaction, messages, tombstones and entries in quarantine are written on
   * behalf of a page: {@link JournalReader#links} will name it.
   *
   * @param page its number, or 0 for none, which is how a transaction begins
   */
  void onBehalfOf(long page);

  /**
   * Removes what exceeds {@code limits}. The newest run, pass and page stay in any case, so that no
   * number is used twice.
   *
   * @param now by the device's clock
   */
  void pruneJournal(JournalLimits limits, Instant now);
}
