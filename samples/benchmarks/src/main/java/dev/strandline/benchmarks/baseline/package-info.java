/** What Strandline is compared with: the least that has to be done, and what one writes first. */
@NullMarked
package dev.strandline.benchmarks.baseline;

import org.jspecify.annotations.NullMarked;
