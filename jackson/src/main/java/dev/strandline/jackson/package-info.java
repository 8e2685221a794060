/**
 * For applications that answer with what reads and runs return: Jackson finds the module of its
 * version by itself.
 */
@NullMarked
package dev.strandline.jackson;

import org.jspecify.annotations.NullMarked;
