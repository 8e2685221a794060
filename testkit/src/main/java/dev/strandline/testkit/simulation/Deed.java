package dev.strandline.testkit.simulation;

/**
 * Something that is done on the server. Messages are named, and a deed whose message is not in a
 * state for it does nothing, so that any part of a script is a script.
 */
public sealed interface Deed {

  /** A user sends a message. */
  record Post(String room, String id, int user) implements Deed {}

  /** A user answers a message in its thread. */
  record Reply(String id, String root, int user) implements Deed {}

  /** The text changes; an entry that cannot be understood becomes one that can. */
  record Edit(String id) implements Deed {}

  /** A user stars a message, or takes the star back: only their own is shown to a client. */
  record Star(String id, int user) implements Deed {}

  /** A user is renamed: all their messages in all rooms get one stamp. */
  record Rename(int user) implements Deed {}

  /**
   * A message is deleted as the settings say. Done late, its tombstone is there at once and the
   * message goes later.
   */
  record Delete(String id) implements Deed {}

  /** Retention deletes the oldest messages of a room, all tombstones before the first message. */
  record Prune(String room, int messages) implements Deed {}

  /** A root goes for good although it has replies, as only an administrator can make it. */
  record Uproot(String id) implements Deed {}

  /** A deleted message is sent again under its id. */
  record Recreate(String id) implements Deed {}

  /** Moderation hides a message; nobody is told. */
  record Hide(String id) implements Deed {}

  /** The database lets a message expire; nobody is told. */
  record Expire(String id) implements Deed {}

  /** An administrator moves a message back from the trash with its old stamps; nobody is told. */
  record Restore(String id) implements Deed {}

  /** A message gets a new version that no client understands. */
  record Garble(String id) implements Deed {}

  /** The caller leaves a room, or is removed from it. */
  record Leave(String room) implements Deed {}

  /** The caller is back in a room. */
  record Join(String room) implements Deed {}

  /** The workspace's settings about deleted messages change. */
  record Keep(boolean history, boolean placeholders) implements Deed {}

  /** Threads are switched on or off. */
  record Threads(boolean on) implements Deed {}

  /** What only a {@link Draw} brings. */
  sealed interface Odd extends Deed {}

  /**
   * A bridge brings a message that was sent at another time than it is stamped with.
   *
   * @param ahead by how many milliseconds its {@code ts} is ahead of its {@code _updatedAt}
   */
  record Bridge(String room, String id, int user, long ahead) implements Odd {}

  /** The server's clock is set forwards, or back. */
  record Step(long millis) implements Odd {}

  /**
   * The answers list a deletion that has no id or no time.
   *
   * @param id the message that it means
   * @param real whether the message is gone
   * @param hasId whether the entry has an id; if not, it has a time
   */
  record Mumble(String id, boolean real, boolean hasId) implements Odd {}

  /** A conversation ends and begins again under the same id, without its messages. */
  record BeginAgain(String room) implements Odd {}

  /** The caller leaves a room and is back at once, with another subscription. */
  record Rejoin(String room) implements Odd {}

  /** A message moves to another room. */
  record Move(String id, String room) implements Odd {}

  /** A message's tombstone is written, and the message goes later. */
  record Purge(String id, long millis) implements Odd {}

  /** What is left of a {@link Purge} goes. */
  record Purged(String id) implements Odd {}

  /** A deleted message is sent again under its id, however soon. */
  record SendAgain(String id) implements Odd {}

  /** The server's messages are backed up. */
  record BackUp() implements Deed {}

  /**
   * The server is put back to its backup, if there is one.
   *
   * @param asAnother whether it then says that it is another workspace
   */
  record RollBack(boolean asAnother) implements Deed {}
}
