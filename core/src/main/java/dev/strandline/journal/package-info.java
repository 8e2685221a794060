/**
 * What runs did, page by page: the journal that a store keeps beside the messages, and what can be
 * told from it.
 *
 * <p>For people, for whoever asks where a message came from, and never for a decision: nothing that
 * is synchronised depends on it. It holds ids, stamps, numbers and the names of cases; no text of a
 * message, no credentials, no address of a server. It is bounded by {@link
 * dev.strandline.journal.JournalLimits}.
 */
@NullMarked
package dev.strandline.journal;

import org.jspecify.annotations.NullMarked;
