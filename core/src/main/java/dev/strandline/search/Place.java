package dev.strandline.search;

/** A part of a text, from {@code start} up to and without {@code end}, in UTF-16 units. */
public record Place(int start, int end) {}
