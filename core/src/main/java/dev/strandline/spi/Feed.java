package dev.strandline.spi;

/** The two kinds of change that a room's cursor pages list, each in pages of its own. */
public enum Feed {
  /** Messages written: new, edited, reacted to, re-stamped. Keyed by {@code _updatedAt}. */
  UPDATED,
  /** Messages deleted. Keyed by {@code _deletedAt}, and not listed in that order (R4). */
  DELETED
}
