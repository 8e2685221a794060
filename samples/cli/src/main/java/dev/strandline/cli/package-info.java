/**
 * The {@code strandline} command: for people at a terminal and for scripts, and an example of how a
 * program uses the library.
 */
@NullMarked
package dev.strandline.cli;

import org.jspecify.annotations.NullMarked;
