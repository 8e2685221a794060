package dev.strandline.model;

/**
 * The record that a message is gone.
 *
 * <p>Tombstones are kept after the message is removed, so that a page read late cannot bring it
 * back (R7). Only the server's own word, {@link Reason#DELETED}, keeps a message out; the other
 * reasons are conclusions from a reading, and a later reading that shows the message live overrules
 * them.
 *
 * @param id the message
 * @param at when it went, by the server's clock: the server's deletion stamp, or, for the other
 *     reasons, the stamp of the last version known
 * @param reason how it is known to be gone
 */
public record Tombstone(MessageId id, ServerTime at, Reason reason) {

  /** How a message is known to be gone. */
  public enum Reason {
    /** The server listed it as deleted. */
    DELETED,
    /** The server showed it as hidden, in an answer about its thread (R13). */
    HIDDEN,
    /** A whole reading of the room no longer showed it (R11). */
    NOT_FOUND
  }

  /** A tombstone as the DELETED feed lists them. */
  public static Tombstone deleted(MessageId id, ServerTime at) {
    return new Tombstone(id, at, Reason.DELETED);
  }
}
