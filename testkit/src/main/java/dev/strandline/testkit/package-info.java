/**
 * What every test of a client needs: time that does not have to be waited for. The fake server is
 * in {@link dev.strandline.testkit.server}, the promises of a store in {@link
 * dev.strandline.testkit.store}.
 */
@NullMarked
package dev.strandline.testkit;

import org.jspecify.annotations.NullMarked;
