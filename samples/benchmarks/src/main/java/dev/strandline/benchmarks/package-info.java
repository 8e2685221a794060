/** Measures Strandline against programs that do the same work by hand, all on the same data. */
@NullMarked
package dev.strandline.benchmarks;

import org.jspecify.annotations.NullMarked;
