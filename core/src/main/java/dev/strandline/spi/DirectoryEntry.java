package dev.strandline.spi;

import dev.strandline.model.Membership;
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
 * @param membership what a subscription says of the caller's place in the room: {@link
 *     Membership#MEMBER}, {@link Membership#INVITED} or {@link Membership#BANNED}; of no meaning in
 *     a room's document
 * @param otherClocks what a room's document says of {@link
 *     dev.strandline.model.Room#hasOtherClocks}; of no meaning in a subscription
 */
public record DirectoryEntry(
    String id,
    RoomId room,
    @Nullable String name,
    RoomType type,
    @Nullable ServerTime updatedAt,
    @Nullable ServerTime lastMessageAt,
    int unread,
    String json,
    Membership membership,
    boolean otherClocks) {

  /** A subscription of an ordinary member, or the document of a room that is this server's own. */
  public DirectoryEntry(
      String id,
      RoomId room,
      @Nullable String name,
      RoomType type,
      @Nullable ServerTime updatedAt,
      @Nullable ServerTime lastMessageAt,
      int unread,
      String json) {
    this(id, room, name, type, updatedAt, lastMessageAt, unread, json, Membership.MEMBER, false);
  }

  /** The same entry of somebody whose place in the room is {@code place}. */
  public DirectoryEntry with(Membership place) {
    return new DirectoryEntry(
        id, room, name, type, updatedAt, lastMessageAt, unread, json, place, otherClocks);
  }

  /** The same entry of a room whose messages can carry the times of other clocks. */
  public DirectoryEntry withOtherClocks() {
    return new DirectoryEntry(
        id, room, name, type, updatedAt, lastMessageAt, unread, json, membership, true);
  }
}
