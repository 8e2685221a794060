package dev.strandline.store.sqlite;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.util.regex.Pattern;

/** Messages whose documents say what their fields say. */
public final class TestMessages {
  public static final RoomId ROOM = new RoomId("room");

  private static final Pattern JSON_ESCAPES = Pattern.compile("\\\\([\"\\\\])");

  private TestMessages() {}

  public static Message message(String id, long sentAt) {
    return message(id, sentAt, "the text of " + id);
  }

  /**
   * A message that says something.
   *
   * @param text as in JSON, with quotes and backslashes escaped
   */
  public static Message message(String id, long sentAt, String text) {
    ServerTime time = new ServerTime(sentAt);
    String json =
        """
        {"_id":"%s","rid":"room","msg":"%s","ts":"%s","u":{"_id":"uid","username":"ada"},\
        "_updatedAt":"%s"}"""
            .formatted(id, text, time, time);
    return Message.builder(new MessageId(id), ROOM, time, time, json)
        .author("uid", "ada")
        .text(JSON_ESCAPES.matcher(text).replaceAll("$1"))
        .build();
  }

  public static Message reply(String id, long sentAt, String root) {
    Message plain = message(id, sentAt);
    String json = plain.json().replace("{\"_id\"", "{\"tmid\":\"" + root + "\",\"_id\"");
    return Message.builder(plain.id(), ROOM, plain.sentAt(), plain.updatedAt(), json)
        .author(plain.authorId(), plain.authorName())
        .text(plain.text())
        .thread(new MessageId(root))
        .build();
  }
}
