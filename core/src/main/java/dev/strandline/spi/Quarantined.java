package dev.strandline.spi;

import dev.strandline.model.RoomId;
import dev.strandline.model.Unreadable;
import java.time.Instant;

/**
 * An entry in quarantine (R14).
 *
 * @param room the room whose answer it was in
 * @param entry the entry and what is wrong with it
 * @param firstSeen when it first arrived, by the device's clock
 */
public record Quarantined(RoomId room, Unreadable entry, Instant firstSeen) {}
