package dev.strandline.search;

/**
 * One word of a text.
 *
 * @param form what is compared: the word in lower case, without the accents of alphabetic scripts,
 *     with compatibility characters (full width, ligatures) replaced
 * @param start where it begins in the text, in UTF-16 units
 * @param end where it ends
 */
public record Word(String form, int start, int end) {}
