/**
 * Which rooms there are, which of them are the caller's (R12), and which a run works on first
 * (R15).
 */
@NullMarked
package dev.strandline.internal.directory;

import org.jspecify.annotations.NullMarked;
