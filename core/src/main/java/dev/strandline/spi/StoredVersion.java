package dev.strandline.spi;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;

/**
 * What merging needs to know of a stored message.
 *
 * @param room the room that it is stored in
 * @param updatedAt its stamp
 * @param origin which kind of answer it came from
 * @param json its document
 */
public record StoredVersion(RoomId room, ServerTime updatedAt, Origin origin, String json) {}
