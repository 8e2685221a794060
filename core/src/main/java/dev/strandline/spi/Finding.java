package dev.strandline.spi;

/**
 * Something that a check found wrong.
 *
 * @param check a short, stable name of what was checked, such as {@code "live-and-buried"}
 * @param subject what it is about, such as a scope or a message id
 * @param message what is wrong and what to do about it
 */
public record Finding(String check, String subject, String message) {}
