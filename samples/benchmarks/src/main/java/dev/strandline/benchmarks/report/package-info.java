/** Rounds, medians, and the table that they are printed in. */
@NullMarked
package dev.strandline.benchmarks.report;

import org.jspecify.annotations.NullMarked;
