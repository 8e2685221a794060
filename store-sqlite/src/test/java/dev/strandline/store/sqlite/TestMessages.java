package dev.strandline.store.sqlite;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;

/** Messages whose documents say what their fields say. */
public final class TestMessages {
  public static final RoomId ROOM = new RoomId("room");

  private TestMessages() {}

  public static Message message(String id, long sentAt) {
    return message(id, sentAt, "the text of " + id);
  }

  public static Message message(String id, long sentAt, String text) {
    ServerTime time = new ServerTime(sentAt);
    String json =
        """
        {"_id":"%s","rid":"room","msg":"%s","ts":"%s","u":{"_id":"uid","username":"ada"},\
        "_updatedAt":"%s"}"""
            .formatted(id, text, time, time);
    return Message.builder(new MessageId(id), ROOM, time, time, json).build();
  }

  public static Message reply(String id, long sentAt, String root) {
    Message plain = message(id, sentAt);
    String json = plain.json().replace("{\"_id\"", "{\"tmid\":\"" + root + "\",\"_id\"");
    return Message.builder(plain.id(), ROOM, plain.sentAt(), plain.updatedAt(), json)
        .thread(new MessageId(root))
        .build();
  }
}
