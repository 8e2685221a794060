/** A store without a disk: for tests, simulations, and copies that need not outlive the process. */
@NullMarked
package dev.strandline.store.memory;

import org.jspecify.annotations.NullMarked;
