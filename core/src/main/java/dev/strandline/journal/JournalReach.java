package dev.strandline.journal;

/**
 * Which part of the journal is kept. Numbers are counted up, so what is lower than the first has
 * been pruned; between first and last some that changed nothing can be missing too.
 *
 * @param firstRun the oldest run kept; 0 where there is none
 * @param lastRun the newest; 0 where there was none yet
 * @param lastPass the newest pass; 0 where there was none yet
 * @param firstPage the oldest page kept; 0 where there is none
 * @param lastPage the newest; 0 where there was none yet
 */
public record JournalReach(
    long firstRun, long lastRun, long lastPass, long firstPage, long lastPage) {

  /** Nothing was written yet. */
  public static final JournalReach NOTHING = new JournalReach(0, 0, 0, 0, 0);
}
