/**
 * The demonstration and the fake server to try things against: the only part of the command that
 * needs the testkit.
 */
@NullMarked
package dev.strandline.cli.demo;

import org.jspecify.annotations.NullMarked;
