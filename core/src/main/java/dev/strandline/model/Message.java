package dev.strandline.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message as the server last showed it: the fields that synchronisation and listing need, and the
 * message's own JSON with everything else.
 *
 * <p>{@link #json()} is the authority. It holds the document exactly as the server sent it, byte
 * for byte, unknown fields included (R14); the other accessors repeat what it says. Two messages
 * are equal when id, room and JSON are.
 *
 * <p>Removed messages that a workspace keeps as placeholders are ordinary messages of type {@code
 * "rm"} with an empty text.
 */
public final class Message {
  private final MessageId id;
  private final RoomId room;
  private final ServerTime sentAt;
  private final ServerTime updatedAt;
  private final @Nullable MessageId thread;
  private final @Nullable String type;
  private final @Nullable String authorId;
  private final @Nullable String authorName;
  private final String text;
  private final int replyCount;
  private final @Nullable ServerTime lastReplyAt;
  private final String json;

  private Message(Builder builder) {
    id = builder.id;
    room = builder.room;
    sentAt = builder.sentAt;
    updatedAt = builder.updatedAt;
    thread = builder.thread;
    type = builder.type;
    authorId = builder.authorId;
    authorName = builder.authorName;
    text = builder.text;
    replyCount = builder.replyCount;
    lastReplyAt = builder.lastReplyAt;
    json = builder.json;
  }

  /**
   * Starts a message.
   *
   * @param json the document as the server sent it; not parsed here
   */
  public static Builder builder(
      MessageId id, RoomId room, ServerTime sentAt, ServerTime updatedAt, String json) {
    return new Builder(id, room, sentAt, updatedAt, json);
  }

  public MessageId id() {
    return id;
  }

  public RoomId room() {
    return room;
  }

  /** When the message was sent, by the server's clock: the order in which people read. */
  public ServerTime sentAt() {
    return sentAt;
  }

  /** When the server last wrote the message: the order in which the UPDATED feed tells. */
  public ServerTime updatedAt() {
    return updatedAt;
  }

  /** The root of the thread that this is a reply in, or null for a message that is no reply. */
  public @Nullable MessageId thread() {
    return thread;
  }

  /** The system message type, such as {@code "uj"} or {@code "rm"}; null for what people write. */
  public @Nullable String type() {
    return type;
  }

  public @Nullable String authorId() {
    return authorId;
  }

  /** The author's user name, without {@code @}. */
  public @Nullable String authorName() {
    return authorName;
  }

  /** The text as typed; empty where there is none (files, removed or encrypted messages). */
  public String text() {
    return text;
  }

  /**
   * What people see of the message: {@link #text()}, and beneath it, a line each, the texts of its
   * attachments (title, text, fields, description, quoted messages and their authors), of blocks
   * and buttons, names of files, titles and descriptions of the links' previews, and the name under
   * which a webhook wrote it. What a search looks through and listings show.
   *
   * <p>It begins with {@link #text()} where that is not blank, and is the same where the message
   * has nothing else. Made from {@link #json()} with each call; the cost grows with its length.
   */
  public String shownText() {
    return ShownText.of(this);
  }

  /** How many replies the server counts below this message; 0 unless it is a thread's root. */
  public int replyCount() {
    return replyCount;
  }

  /** When the last reply below this message was sent; null unless it is a thread's root. */
  public @Nullable ServerTime lastReplyAt() {
    return lastReplyAt;
  }

  /** The document exactly as the server sent it. */
  public String json() {
    return json;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Message that
        && id.equals(that.id)
        && room.equals(that.room)
        && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, json);
  }

  @Override
  public String toString() {
    return "Message[" + id + " in " + room + ", updated " + updatedAt + "]";
  }

  /** Collects a message's fields; those not set are absent. Not safe for several threads. */
  public static final class Builder {
    private final MessageId id;
    private final RoomId room;
    private final ServerTime sentAt;
    private final ServerTime updatedAt;
    private final String json;
    private @Nullable MessageId thread;
    private @Nullable String type;
    private @Nullable String authorId;
    private @Nullable String authorName;
    private String text = "";
    private int replyCount;
    private @Nullable ServerTime lastReplyAt;

    private Builder(
        MessageId id, RoomId room, ServerTime sentAt, ServerTime updatedAt, String json) {
      this.id = id;
      this.room = room;
      this.sentAt = sentAt;
      this.updatedAt = updatedAt;
      this.json = json;
    }

    public Builder thread(@Nullable MessageId root) {
      thread = root;
      return this;
    }

    public Builder type(@Nullable String value) {
      type = value;
      return this;
    }

    public Builder author(@Nullable String userId, @Nullable String userName) {
      authorId = userId;
      authorName = userName;
      return this;
    }

    public Builder text(String value) {
      text = value;
      return this;
    }

    public Builder replies(int count, @Nullable ServerTime lastAt) {
      replyCount = count;
      lastReplyAt = lastAt;
      return this;
    }

    public Message build() {
      return new Message(this);
    }
  }
}
