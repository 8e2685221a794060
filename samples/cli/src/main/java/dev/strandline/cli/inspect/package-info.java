/** The page to look into a database: a server on this machine, and what it answers. */
@NullMarked
package dev.strandline.cli.inspect;

import org.jspecify.annotations.NullMarked;
