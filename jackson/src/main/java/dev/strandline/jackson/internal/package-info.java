/** How each type looks in JSON. */
@NullMarked
package dev.strandline.jackson.internal;

import org.jspecify.annotations.NullMarked;
