package dev.strandline.spi;

import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * A room's document or a subscription, as a directory call lists it.
 *
 * @param id the document's own id: the room's for {@code rooms.get}, the subscription's for {@code
 *     subscriptions.get}
 * @param room the room that it is about
 * @param name the name to show, null where the document has none
 * @param updatedAt when the server last wrote the document, null where it does not say
 * @param lastMessageAt when the last message was sent; null where the document does not say, as
 *     subscriptions do not
 * @param unread the caller's unread messages; 0 where the document does not say, as rooms do not
 * @param json the document exactly as the server sent it
 */
public record DirectoryEntry(
    String id,
    RoomId room,
    @Nullable String name,
    RoomType type,
    @Nullable ServerTime updatedAt,
    @Nullable ServerTime lastMessageAt,
    int unread,
    String json) {}
