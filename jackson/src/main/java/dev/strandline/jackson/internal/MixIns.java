package dev.strandline.jackson.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.strandline.Progress;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The annotations that the core's types would have, were it to know Jackson. */
public final class MixIns {
  /** A type, and the class that says how it looks. The annotations are those of both Jacksons. */
  public static final Map<Class<?>, Class<?>> ALL =
      Map.of(
          MessageId.class, OneText.class,
          RoomId.class, OneText.class,
          ServerTime.class, OneText.class,
          Scope.OfRoom.class, OneText.class,
          Scope.OfThread.class, OneText.class,
          Coverage.class, OfCoverage.class,
          Progress.class, OfProgress.class,
          Message.class, OfMessage.class,
          Room.class, OfRoom.class);

  private MixIns() {}

  /** As it is printed: an id, a moment as ISO-8601 in UTC, {@code room:ID} or {@code thread:ID}. */
  interface OneText {
    @Override
    @JsonValue
    String toString();
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Coverage.Unknown.class, name = "unknown"),
    @JsonSubTypes.Type(value = Coverage.Complete.class, name = "complete"),
    @JsonSubTypes.Type(value = Coverage.Incomplete.class, name = "incomplete"),
    @JsonSubTypes.Type(value = Coverage.Stale.class, name = "stale"),
  })
  interface OfCoverage {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "progress")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Progress.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = Progress.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Progress.Applied.class, name = "applied"),
    @JsonSubTypes.Type(value = Progress.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Progress.Finished.class, name = "finished"),
  })
  interface OfProgress {}

  @JsonPropertyOrder({
    "id",
    "room",
    "sentAt",
    "updatedAt",
    "thread",
    "type",
    "authorId",
    "authorName",
    "text",
    "replyCount",
    "lastReplyAt",
    "json",
  })
  interface OfMessage {
    @JsonProperty
    MessageId id();

    @JsonProperty
    RoomId room();

    @JsonProperty
    ServerTime sentAt();

    @JsonProperty
    ServerTime updatedAt();

    @JsonProperty
    @Nullable MessageId thread();

    @JsonProperty
    @Nullable String type();

    @JsonProperty
    @Nullable String authorId();

    @JsonProperty
    @Nullable String authorName();

    @JsonProperty
    String text();

    @JsonProperty
    int replyCount();

    @JsonProperty
    @Nullable ServerTime lastReplyAt();

    @JsonProperty
    @JsonRawValue
    String json();
  }

  @JsonPropertyOrder({
    "id",
    "name",
    "type",
    "membership",
    "subscriptionId",
    "updatedAt",
    "lastMessageAt",
    "unread",
    "hasNews",
    "roomJson",
    "subscriptionJson",
  })
  interface OfRoom {
    @JsonProperty
    RoomId id();

    @JsonProperty
    @Nullable String name();

    @JsonProperty
    RoomType type();

    @JsonProperty
    Membership membership();

    @JsonProperty
    @Nullable String subscriptionId();

    @JsonProperty
    @Nullable ServerTime updatedAt();

    @JsonProperty
    @Nullable ServerTime lastMessageAt();

    @JsonProperty
    int unread();

    @JsonProperty
    boolean hasNews();

    @JsonProperty
    @JsonRawValue
    @Nullable String roomJson();

    @JsonProperty
    @JsonRawValue
    @Nullable String subscriptionJson();
  }
}
