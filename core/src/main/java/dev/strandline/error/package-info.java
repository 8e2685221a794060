/**
 * What can go wrong, one type a case.
 *
 * <p>All are unchecked and descend from {@link dev.strandline.error.StrandlineException}. Each says
 * what was tried, on what, and what to do next, and answers {@link
 * dev.strandline.error.StrandlineException#recovery()}. A failure of one scope is reported as a
 * value in the run's report; an exception ends the run.
 */
@NullMarked
package dev.strandline.error;

import org.jspecify.annotations.NullMarked;
