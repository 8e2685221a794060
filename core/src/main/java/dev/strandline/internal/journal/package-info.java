/** What runs note of themselves in the store: for people, never for a decision. */
@NullMarked
package dev.strandline.internal.journal;

import org.jspecify.annotations.NullMarked;
