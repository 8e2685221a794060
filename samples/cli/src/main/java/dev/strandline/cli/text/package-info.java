/** How texts, tables, times and JSON leave the command. For the commands. */
@NullMarked
package dev.strandline.cli.text;

import org.jspecify.annotations.NullMarked;
