/**
 * What every store has to keep, as tests: for those who write a {@link dev.strandline.spi.Store} of
 * their own. Needs JUnit 5 or later and AssertJ, which the testkit does not bring along.
 */
@NullMarked
package dev.strandline.testkit.store;

import org.jspecify.annotations.NullMarked;
