package dev.strandline.samples.backend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.strandline.Failure;
import dev.strandline.OverallCoverage;
import dev.strandline.RoomOverview;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.spi.InQuestion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How things look to the app. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  static void ids(ArrayNode array, List<MessageId> ids) {
    ids.forEach(id -> array.add(id.value()));
  }

  private static @Nullable String time(@Nullable ServerTime time) {
    return time == null ? null : time.toString();
  }

  static ObjectNode room(RoomOverview overview) {
    Room room = overview.room();
    ObjectNode json =
        object()
            .put("id", room.id().value())
            .put("name", room.name())
            .put("type", word(room.type()))
            .put("membership", word(room.membership()))
            .put("unread", room.unread())
            .put("lastMessageAt", time(room.lastMessageAt()))
            .put("messages", overview.counts().messages());
    json.set("coverage", coverage(overview.coverage()));
    return json;
  }

  /** The fields that every app shows, and the document as Rocket.Chat sent it. */
  static ObjectNode message(Message message) {
    ObjectNode json =
        object()
            .put("id", message.id().value())
            .put("room", message.room().value())
            .put("sentAt", time(message.sentAt()))
            .put("updatedAt", time(message.updatedAt()))
            .put("author", message.authorName())
            .put("text", message.shownText())
            .put("type", message.type())
            .put("thread", message.thread() == null ? null : message.thread().value())
            .put("replies", message.replyCount());
    json.putRawValue("document", new RawValue(message.json()));
    return json;
  }

  static ObjectNode thread(ThreadSummary thread) {
    ObjectNode json =
        object()
            .put("root", thread.root().value())
            .put("replies", thread.replies())
            .put("lastReplyAt", time(thread.lastReplyAt()));
    Message root = thread.rootMessage();
    json.set("message", root == null ? json.nullNode() : message(root));
    return json;
  }

  /**
   * What an answer is worth: {@code complete}, {@code incomplete}, {@code stale} or {@code
   * unknown}, and since when.
   */
  static ObjectNode coverage(Coverage coverage) {
    if (coverage instanceof Coverage.Complete complete) {
      return object()
          .put("state", "complete")
          .put("asOf", time(complete.asOf()))
          .put("inQuestion", complete.inQuestion());
    }
    if (coverage instanceof Coverage.Incomplete incomplete) {
      return object()
          .put("state", "incomplete")
          .put("from", time(incomplete.from()))
          .put("asOf", time(incomplete.asOf()))
          .put("inQuestion", incomplete.inQuestion());
    }
    if (coverage instanceof Coverage.Unknown) {
      return object().put("state", "unknown");
    }
    Coverage.Stale stale = (Coverage.Stale) coverage;
    return object()
        .put("state", "stale")
        .put("since", time(stale.since()))
        .put("cause", word(stale.cause()));
  }

  /** What several rooms are worth together, and whether and when their list was read. */
  static ObjectNode coverage(OverallCoverage all) {
    return object()
        .put("state", word(all.state()))
        .put("rooms", all.rooms())
        .put("roomsNotComplete", all.notComplete())
        .put("inQuestion", all.inQuestion())
        .put("directoryReadAt", time(all.directoryReadAt()))
        .put("newsAsOf", time(all.newsAsOf()));
  }

  /** What makes it doubtful whether the server still has a message. */
  static JsonNode inQuestion(@Nullable InQuestion doubt) {
    return doubt == null
        ? JsonNodeFactory.instance.nullNode()
        : object().put("since", time(doubt.since())).put("why", word(doubt.why()));
  }

  /** How synchronisation stands, for a line such as "offline since …". */
  static ObjectNode standing(Tenant.Standing standing) {
    ObjectNode json =
        object()
            .put(
                "lastCompleteAt",
                standing.lastCompleteAt() == null ? null : standing.lastCompleteAt().toString());
    json.set("failure", failure(standing.failure()));
    return json;
  }

  static JsonNode failure(@Nullable Failure failure) {
    return failure == null
        ? JsonNodeFactory.instance.nullNode()
        : object().put("kind", failure.kind()).put("message", failure.message());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
