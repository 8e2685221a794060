package dev.strandline.internal.read;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.StoreReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How many messages are in question, by room and by thread. Read once: there are few or none. */
public final class Doubts {
  private final StoreReader reader;
  private final Map<RoomId, List<InQuestion>> byRoom = new HashMap<>();

  private Doubts(StoreReader reader) {
    this.reader = reader;
  }

  /** Those of all rooms. */
  public static Doubts of(StoreReader reader) {
    Doubts doubts = new Doubts(reader);
    for (InQuestion doubt : reader.inQuestion()) {
      doubts.byRoom.merge(doubt.room(), List.of(doubt), Doubts::joined);
    }
    return doubts;
  }

  /** Those of one room. */
  public static Doubts of(StoreReader reader, RoomId room) {
    Doubts doubts = new Doubts(reader);
    doubts.byRoom.put(room, reader.inQuestion(room));
    return doubts;
  }

  private static List<InQuestion> joined(List<InQuestion> some, List<InQuestion> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** How many messages of {@code room} are in question. */
  public int inRoom(RoomId room) {
    return byRoom.getOrDefault(room, List.of()).size();
  }

  /**
   * How many messages of a thread are in question: its root, its stored replies, and what is not
   * stored, which may be a reply.
   */
  public int inThread(RoomId room, MessageId root) {
    return (int)
        byRoom.getOrDefault(room, List.of()).stream()
            .filter(doubt -> mayBelongTo(root, doubt.id()))
            .count();
  }

  private boolean mayBelongTo(MessageId root, MessageId id) {
    if (id.equals(root)) {
      return true;
    }
    Message message = reader.message(id).orElse(null);
    return message == null || root.equals(message.thread());
  }
}
