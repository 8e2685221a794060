package dev.strandline.search;

/**
 * One word of a text.
 *
 * @param form what is compared: the word in lower case, without accents and the vowel marks of
 *     scripts that are read without them, with compatibility characters (full and half width,
 *     ligatures, presentation forms) replaced
 * @param start where it begins in the text, in UTF-16 units
 * @param end where it ends
 */
public record Word(String form, int start, int end) {}
