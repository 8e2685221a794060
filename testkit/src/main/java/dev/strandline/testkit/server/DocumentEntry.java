package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.ChangeSink;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message's document as a transport understands it: a message, a hidden one, or an entry for
 * quarantine. Exactly one of the three.
 */
record DocumentEntry(
    String json, @Nullable Message message, @Nullable Tombstone hidden, @Nullable Unreadable odd)
    implements DirectRoutes.Entry {

  static DocumentEntry of(byte[] bytes) {
    String json = new String(bytes, StandardCharsets.UTF_8);
    JsonNode document = Json.tree(bytes);
    String id = Json.text(document, "_id");
    String room = Json.text(document, "rid");
    ServerTime sentAt = time(document, "ts");
    ServerTime updatedAt = time(document, "_updatedAt");
    if (id == null || room == null || updatedAt == null) {
      // It cannot have been written before it was sent.
      return odd(json, id, updatedAt == null ? sentAt : updatedAt, "it has no id, room or stamp");
    }
    if (document.path("_hidden").asBoolean(false)) {
      // R13: only a thread's answer shows these, and they are deletions.
      Tombstone hidden = new Tombstone(new MessageId(id), updatedAt, Tombstone.Reason.HIDDEN);
      return new DocumentEntry(json, null, hidden, null);
    }
    if (sentAt == null) {
      return odd(json, id, updatedAt, "it has no time of sending");
    }
    String root = Json.text(document, "tmid");
    JsonNode author = document.path("u");
    Message message =
        Message.builder(new MessageId(id), new RoomId(room), sentAt, updatedAt, json)
            .thread(root == null ? null : new MessageId(root))
            .type(Json.text(document, "t"))
            .author(Json.text(author, "_id"), Json.text(author, "username"))
            .text(document.path("msg").asText(""))
            .replies(document.path("tcount").asInt(0), time(document, "tlm"))
            .build();
    return new DocumentEntry(json, message, null, null);
  }

  private static DocumentEntry odd(
      String json, @Nullable String id, @Nullable ServerTime updatedAt, String reason) {
    MessageId readable = id == null ? null : new MessageId(id);
    return new DocumentEntry(json, null, null, new Unreadable(readable, json, reason, updatedAt));
  }

  static @Nullable ServerTime time(JsonNode document, String field) {
    String text = Json.text(document, field);
    return text == null || IsoDates.parse(text).isEmpty()
        ? null
        : ServerTime.ofEpochMilli(Json.millis(document, field));
  }

  @Override
  public void give(ChangeSink sink) {
    if (message != null) {
      sink.upsert(message);
    } else if (hidden != null) {
      sink.tombstone(hidden);
    } else if (odd != null) {
      sink.unreadable(odd);
    }
  }
}
