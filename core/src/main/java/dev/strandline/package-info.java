/**
 * Strandline for applications: open, synchronise, read, listen, close.
 *
 * <p>{@link dev.strandline.Strandline} is the way in. {@link dev.strandline.LocalCopy} reads what
 * is stored, with or without an engine running.
 */
@NullMarked
package dev.strandline;

import org.jspecify.annotations.NullMarked;
