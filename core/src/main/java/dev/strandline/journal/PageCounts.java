package dev.strandline.journal;

/**
 * What became of the entries of a page, or of several.
 *
 * @param added messages that were not stored, and are now
 * @param changed messages that replaced another content
 * @param removed live messages that were taken away
 * @param letGo of those removed, the ones that nothing vouched for any more: no tombstone names
 *     them
 * @param tombstones messages newly known to be gone, stored or not
 * @param unchanged entries that said what was stored already
 * @param buried entries that were skipped, since a tombstone keeps the message out (R7)
 * @param poorer entries of a thread's answer that were skipped, since the room's version of the
 *     same stamp is stored (R13)
 * @param quarantined entries that could not be understood and are new in quarantine (R14)
 */
public record PageCounts(
    long added,
    long changed,
    long removed,
    long letGo,
    long tombstones,
    long unchanged,
    long buried,
    long poorer,
    long quarantined) {

  /** Nothing at all. */
  public static final PageCounts NONE = new PageCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** These and those together. */
  public PageCounts plus(PageCounts more) {
    return new PageCounts(
        added + more.added,
        changed + more.changed,
        removed + more.removed,
        letGo + more.letGo,
        tombstones + more.tombstones,
        unchanged + more.unchanged,
        buried + more.buried,
        poorer + more.poorer,
        quarantined + more.quarantined);
  }

  /** Entries that changed nothing although they said something else than what is stored. */
  public long skipped() {
    return buried + poorer;
  }

  /** Whether nothing that is stored became another. */
  public boolean isQuiet() {
    return added == 0 && changed == 0 && removed == 0 && tombstones == 0 && quarantined == 0;
  }
}
