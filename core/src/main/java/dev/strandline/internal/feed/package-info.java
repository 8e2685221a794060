/**
 * Following a feed. {@link dev.strandline.internal.feed.Paging} decides what to ask next (R3, R4)
 * and {@link dev.strandline.internal.feed.Settlement} what an answer settles (R1, R5, R6), as
 * functions of values; {@link dev.strandline.internal.feed.CatchUp} does as they say, with what a
 * {@link dev.strandline.internal.feed.Session} has at hand.
 */
@NullMarked
package dev.strandline.internal.feed;

import org.jspecify.annotations.NullMarked;
