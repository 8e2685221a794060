/** What reading adds to rows: their worth. */
@NullMarked
package dev.strandline.internal.read;

import org.jspecify.annotations.NullMarked;
