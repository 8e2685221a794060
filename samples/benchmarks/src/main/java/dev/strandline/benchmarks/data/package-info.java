/** The workspace that is measured with: made by chance from a seed, the same in every process. */
@NullMarked
package dev.strandline.benchmarks.data;

import org.jspecify.annotations.NullMarked;
