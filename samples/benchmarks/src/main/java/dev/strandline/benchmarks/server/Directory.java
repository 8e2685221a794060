package dev.strandline.benchmarks.server;

import dev.strandline.benchmarks.data.Shape;
import java.time.Instant;

/** The answers that list rooms and settings. */
final class Directory {
  static final String EMPTY = "{\"update\":[],\"remove\":[],\"success\":true}";

  private Directory() {}

  static String subscriptions(Shape shape) {
    StringBuilder out = new StringBuilder("{\"update\":[");
    for (int room = 0; room < shape.rooms(); room++) {
      out.append(room == 0 ? "" : ",").append("{\"_id\":\"sub").append(shape.roomId(room));
      out.append("\",\"rid\":\"").append(shape.roomId(room)).append("\",\"name\":\"room-");
      out.append(room).append("\",\"t\":\"c\",\"unread\":").append(room % 7).append(",\"alert\":");
      out.append(room % 7 > 0).append(",\"open\":true,\"u\":{\"_id\":\"me\",\"username\":\"me\"}");
      out.append(",\"_updatedAt\":\"").append(Shape.END).append("\"}");
    }
    return out.append("],\"remove\":[],\"success\":true}").toString();
  }

  static String rooms(Shape shape) {
    StringBuilder out = new StringBuilder("{\"update\":[");
    for (int room = 0; room < shape.rooms(); room++) {
      out.append(room == 0 ? "" : ",").append("{\"_id\":\"").append(shape.roomId(room));
      out.append("\",\"name\":\"room-").append(room).append("\",\"t\":\"c\",\"usersCount\":20");
      out.append(",\"topic\":\"What room ").append(room).append(" is about\",\"lm\":\"");
      out.append(Shape.END.minusSeconds(room)).append("\",\"_updatedAt\":\"").append(Shape.END);
      out.append("\"}");
    }
    return out.append("],\"remove\":[],\"success\":true}").toString();
  }

  static String settings() {
    return "{\"settings\":[{\"_id\":\"uniqueID\",\"value\":\"benchmark\"},"
        + "{\"_id\":\"Message_KeepHistory\",\"value\":false},"
        + "{\"_id\":\"Message_ShowDeletedStatus\",\"value\":false},"
        + "{\"_id\":\"Threads_enabled\",\"value\":true}],"
        + "\"count\":4,\"offset\":0,\"total\":4,\"success\":true}";
  }

  static String deletion(String id, long at) {
    return "{\"_id\":\"" + id + "\",\"_deletedAt\":\"" + Instant.ofEpochMilli(at) + "\"}";
  }
}
