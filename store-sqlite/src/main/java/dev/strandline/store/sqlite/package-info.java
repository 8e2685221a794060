/**
 * The store in one SQLite file, for applications that bring a path and want nothing else to set up:
 * {@link dev.strandline.store.sqlite.SqliteStore}.
 *
 * <p>The file's schema is an interface too; {@code docs/schema.md} describes it.
 */
@NullMarked
package dev.strandline.store.sqlite;

import org.jspecify.annotations.NullMarked;
