/**
 * From an answer to the store: rows and the position that they justify, together (R2), by one
 * writer for all lanes. {@link dev.strandline.internal.commit.Merge} decides what becomes of an
 * entry (R7, R13, R14), as a function of values.
 */
@NullMarked
package dev.strandline.internal.commit;

import org.jspecify.annotations.NullMarked;
