/** How the SQLite store does its work. Not for use from outside. */
@NullMarked
package dev.strandline.store.sqlite.internal;

import org.jspecify.annotations.NullMarked;
