/** A server that has its answers ready, so that what is measured is the client. */
@NullMarked
package dev.strandline.benchmarks.server;

import org.jspecify.annotations.NullMarked;
