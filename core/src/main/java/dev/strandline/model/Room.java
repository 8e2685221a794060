package dev.strandline.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A room as the server's directory last described it.
 *
 * <p>What the directory does not say is absent: a room that was only ever named by its id has no
 * name, no type and no stamps.
 */
public final class Room {
  private final RoomId id;
  private final @Nullable String name;
  private final RoomType type;
  private final Membership membership;
  private final @Nullable String subscriptionId;
  private final @Nullable ServerTime updatedAt;
  private final @Nullable ServerTime lastMessageAt;
  private final int unread;
  private final boolean news;
  private final boolean otherClocks;
  private final @Nullable String roomJson;
  private final @Nullable String subscriptionJson;

  private Room(Builder builder) {
    id = builder.id;
    name = builder.name;
    type = builder.type;
    membership = builder.membership;
    subscriptionId = builder.subscriptionId;
    updatedAt = builder.updatedAt;
    lastMessageAt = builder.lastMessageAt;
    unread = builder.unread;
    news = builder.news;
    otherClocks = builder.otherClocks;
    roomJson = builder.roomJson;
    subscriptionJson = builder.subscriptionJson;
  }

  /** Starts a room of which nothing but the id is known. */
  public static Builder builder(RoomId id) {
    return new Builder(id);
  }

  /** Starts a room from this one. */
  public Builder toBuilder() {
    return new Builder(id)
        .name(name)
        .type(type)
        .membership(membership)
        .subscriptionId(subscriptionId)
        .updatedAt(updatedAt)
        .lastMessageAt(lastMessageAt)
        .unread(unread)
        .news(news)
        .otherClocks(otherClocks)
        .roomJson(roomJson)
        .subscriptionJson(subscriptionJson);
  }

  public RoomId id() {
    return id;
  }

  /** The name to show: a channel's name, a direct conversation's partner. */
  public @Nullable String name() {
    return name;
  }

  public RoomType type() {
    return type;
  }

  public Membership membership() {
    return membership;
  }

  /**
   * The id of the caller's subscription. A subscription's removal is announced by this id alone,
   * without the room's (R12).
   */
  public @Nullable String subscriptionId() {
    return subscriptionId;
  }

  /** When the server last wrote the room's document; says nothing about edits of old messages. */
  public @Nullable ServerTime updatedAt() {
    return updatedAt;
  }

  public @Nullable ServerTime lastMessageAt() {
    return lastMessageAt;
  }

  /** The server's count of the caller's unread messages. */
  public int unread() {
    return unread;
  }

  /**
   * Whether the directory has told of something that has not been read yet (R15). A room's document
   * is written after the messages and deletions that it tells of (facts 3.7), so what it told is
   * read by a pass that begins later.
   */
  public boolean hasNews() {
    return news;
  }

  /**
   * Whether the room's document says that it is federated, bridged or imported: its messages can
   * carry sending times of clocks that are not this server's.
   */
  public boolean hasOtherClocks() {
    return otherClocks;
  }

  /** The room's document exactly as the server sent it. */
  public @Nullable String roomJson() {
    return roomJson;
  }

  /** The caller's subscription exactly as the server sent it. */
  public @Nullable String subscriptionJson() {
    return subscriptionJson;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Room that
        && id.equals(that.id)
        && membership == that.membership
        && type == that.type
        && unread == that.unread
        && news == that.news
        && otherClocks == that.otherClocks
        && Objects.equals(name, that.name)
        && Objects.equals(subscriptionId, that.subscriptionId)
        && Objects.equals(updatedAt, that.updatedAt)
        && Objects.equals(lastMessageAt, that.lastMessageAt)
        && Objects.equals(roomJson, that.roomJson)
        && Objects.equals(subscriptionJson, that.subscriptionJson);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, name, membership, updatedAt);
  }

  @Override
  public String toString() {
    return "Room[" + id + (name == null ? "" : " " + name) + ", " + membership + "]";
  }

  /** Collects what is known of a room. Not safe for several threads. */
  public static final class Builder {
    private final RoomId id;
    private @Nullable String name;
    private RoomType type = RoomType.OTHER;
    private Membership membership = Membership.UNKNOWN;
    private @Nullable String subscriptionId;
    private @Nullable ServerTime updatedAt;
    private @Nullable ServerTime lastMessageAt;
    private int unread;
    private boolean news;
    private boolean otherClocks;
    private @Nullable String roomJson;
    private @Nullable String subscriptionJson;

    private Builder(RoomId id) {
      this.id = id;
    }

    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    public Builder type(RoomType value) {
      type = value;
      return this;
    }

    public Builder membership(Membership value) {
      membership = value;
      return this;
    }

    public Builder subscriptionId(@Nullable String value) {
      subscriptionId = value;
      return this;
    }

    public Builder updatedAt(@Nullable ServerTime value) {
      updatedAt = value;
      return this;
    }

    public Builder lastMessageAt(@Nullable ServerTime value) {
      lastMessageAt = value;
      return this;
    }

    public Builder unread(int value) {
      unread = value;
      return this;
    }

    public Builder news(boolean value) {
      news = value;
      return this;
    }

    public Builder otherClocks(boolean value) {
      otherClocks = value;
      return this;
    }

    public Builder roomJson(@Nullable String value) {
      roomJson = value;
      return this;
    }

    public Builder subscriptionJson(@Nullable String value) {
      subscriptionJson = value;
      return this;
    }

    public Room build() {
      return new Room(this);
    }
  }
}
