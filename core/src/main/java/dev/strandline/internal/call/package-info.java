/** Asking the server and waiting: tries, pauses, and what is heard of the server's clock (R1). */
@NullMarked
package dev.strandline.internal.call;

import org.jspecify.annotations.NullMarked;
