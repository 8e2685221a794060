/**
 * The way through a run. {@link dev.strandline.internal.engine.Run} is one run, and {@link
 * dev.strandline.internal.engine.RoomPass} the pass over a room, top to bottom. Everything else
 * inside is used from here: what to work on ({@code directory}), what feeds do not tell ({@code
 * reconcile}), following a feed ({@code feed}), the one writer ({@code commit}), what is noted of
 * it all ({@code journal}), and asking and waiting ({@code call}).
 */
@NullMarked
package dev.strandline.internal.engine;

import org.jspecify.annotations.NullMarked;
