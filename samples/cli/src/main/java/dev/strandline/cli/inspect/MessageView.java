package dev.strandline.cli.inspect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Message;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message as the page shows it. */
final class MessageView {
  /** A list shows the beginning of a longer text; the message itself shows all of it. */
  private static final int SHOWN = 1500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private MessageView() {}

  /** A line of a list. */
  static JsonObject line(Message message) {
    String text = message.shownText();
    return fields(message, cut(text), text.length());
  }

  /** All of it, the document included. */
  static JsonObject whole(Message message) {
    String text = message.shownText();
    return fields(message, text, text.length()).put("json", message.json());
  }

  private static JsonObject fields(Message message, String text, int length) {
    JsonNode document = document(message.json());
    return new JsonObject()
        .put("id", message.id().value())
        .put("room", message.room().value())
        .put("sentAt", message.sentAt().epochMilli())
        .put("updatedAt", message.updatedAt().epochMilli())
        .put("thread", message.thread() == null ? null : message.thread().value())
        .put("type", message.type())
        .put("author", message.authorName())
        .put("text", text)
        .put("textLength", length)
        .put("replies", message.replyCount())
        .putNumber("lastReplyAt", Words.millis(message.lastReplyAt()))
        .putNumber("editedAt", date(document.path("editedAt")))
        .put("editedBy", document.path("editedBy").path("username").textValue())
        .put("file", document.path("file").path("name").textValue())
        .put("attachments", document.path("attachments").size())
        .put("reactions", document.path("reactions").size())
        .put("bytes", message.json().length());
  }

  private static String cut(String text) {
    if (text.length() <= SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
    return text.substring(0, end);
  }

  private static JsonNode document(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      // Kept as it came all the same (R14); such a document has no fields to show.
      return JSON.nullNode();
    }
  }

  /** Dates are texts, or objects with milliseconds. */
  private static @Nullable Long date(JsonNode value) {
    if (value.isTextual()) {
      try {
        return Instant.parse(value.textValue()).toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        return null;
      }
    }
    JsonNode millis = value.path("$date");
    return millis.canConvertToLong() && millis.isNumber() ? millis.longValue() : null;
  }
}
