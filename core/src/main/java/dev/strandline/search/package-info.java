/** Looking for words in what is stored: for who searches, and for who writes a store. */
@NullMarked
package dev.strandline.search;

import org.jspecify.annotations.NullMarked;
