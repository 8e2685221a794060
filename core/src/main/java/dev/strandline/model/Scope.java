package dev.strandline.model;

/** What is synchronised as a unit and reported on as a unit: a room, or a thread in a room. */
public sealed interface Scope {

  /** The scope of everything in a room, replies in threads included. */
  static OfRoom room(RoomId id) {
    return new OfRoom(id);
  }

  /** The scope of one thread's replies. */
  static OfThread thread(MessageId root) {
    return new OfThread(root);
  }

  /**
   * A room.
   *
   * @param room the room
   */
  record OfRoom(RoomId room) implements Scope {
    @Override
    public String toString() {
      return "room:" + room;
    }
  }

  /**
   * A thread.
   *
   * @param root the message that the thread hangs on
   */
  record OfThread(MessageId root) implements Scope {
    @Override
    public String toString() {
      return "thread:" + root;
    }
  }
}
