/**
 * The engine. {@link dev.strandline.internal.engine.Run} is one run; {@link
 * dev.strandline.internal.engine.RoomPass} is the pass over a room, top to bottom; {@link
 * dev.strandline.internal.engine.Merge}, {@link dev.strandline.internal.engine.Paging} and {@link
 * dev.strandline.internal.engine.Settlement} are its decisions, functions of values and nothing
 * else.
 */
@NullMarked
package dev.strandline.internal.engine;

import org.jspecify.annotations.NullMarked;
