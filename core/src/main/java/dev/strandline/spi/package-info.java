/**
 * The ports of the engine: a {@link dev.strandline.spi.Transport} to the server, a {@link
 * dev.strandline.spi.Store} for what is known, and the {@link dev.strandline.spi.DeviceClock}.
 *
 * <p>For those who bring their own. The engine decides; a port carries out: no implementation of
 * these interfaces moves a position, merges two versions, or retries on its own account, except
 * that a transport paces itself and renews credentials.
 */
@NullMarked
package dev.strandline.spi;

import org.jspecify.annotations.NullMarked;
