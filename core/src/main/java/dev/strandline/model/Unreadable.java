package dev.strandline.model;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer that could not be understood, kept verbatim with the reason (R14).
 *
 * @param id the message's id where it has one that can be read
 * @param json the piece exactly as the server sent it
 * @param reason what is wrong with it, for people
 */
public record Unreadable(@Nullable MessageId id, String json, String reason) {}
