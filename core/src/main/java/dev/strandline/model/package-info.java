/**
 * The values that synchronisation is about: rooms, messages, tombstones, server time, coverage.
 *
 * <p>Everything here is immutable, free of I/O, and safe to share between threads. Applications
 * receive these values from {@link dev.strandline.LocalCopy}; transports and stores exchange them
 * through {@link dev.strandline.spi}.
 */
@NullMarked
package dev.strandline.model;

import org.jspecify.annotations.NullMarked;
