package dev.strandline.spi;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One transaction. It reads its own writes. All of it is committed when the function it was passed
 * to returns, and none of it when that function throws or the process dies (R2).
 *
 * <p>A writer does as told: which version wins is decided by the engine.
 */
public interface StoreWriter extends StoreReader, JournalWriter {

  void putOwner(StoreOwner owner);

  void putDirectory(DirectoryState directory);

  /** Inserts or replaces what is known of a room. Does not touch its state or its messages. */
  void putRoom(Room room);

  /** Inserts or replaces a room's state. A room that is not known yet is made known by its id. */
  void putRoomState(RoomState state);

  /** Inserts or replaces a thread's state. A room that is not known yet is made known by its id. */
  void putThreadState(ThreadState state);

  void putScopeRun(ScopeRun run);

  /**
   * Inserts a live message or replaces the version stored under its id, whatever room that was in.
   * A room that is not known yet is made known by its id. Leaves any tombstone alone.
   */
  void putMessage(Message message, Origin origin);

  /**
   * Inserts a live message unless one is stored under its id, whatever room that is in; else does
   * nothing. A store that can find both out at once overrides this: most messages that a first
   * reading shows are new.
   *
   * @return whether it was inserted
   */
  default boolean addMessage(Message message, Origin origin) {
    if (version(message.id()).isPresent()) {
      return false;
    }
    putMessage(message, origin);
    return true;
  }

  /** Removes a live message where there is one. Leaves any tombstone alone. */
  void removeMessage(MessageId id);

  /** Inserts or replaces the tombstone of a message. Leaves the live message alone. */
  void putTombstone(RoomId room, Tombstone tombstone);

  void removeTombstone(MessageId id);

  /**
   * Inserts a message in question, or replaces what is stored under its id, whatever room that is
   * of. A room that is not known yet is made known by its id. Leaves message and tombstone alone.
   */
  void putInQuestion(InQuestion doubt);

  /** The message is not in question any more. Does nothing where it was not. */
  void removeInQuestion(MessageId id);

  /**
   * Puts an entry into quarantine.
   *
   * @return false where the same JSON of the same room is there already
   */
  boolean quarantine(RoomId room, Unreadable entry, Instant firstSeen);

  /**
   * Puts an entry of the directory's {@code list} into quarantine.
   *
   * @return false where the same JSON of the same list is there already
   */
  boolean quarantine(DirectoryList list, Unreadable entry, Instant firstSeen);

  /**
   * Removes the entries of the directory's {@code list} from quarantine whose JSON is not among
   * {@code shown}.
   */
  void releaseUnshown(DirectoryList list, Set<String> shown);

  /**
   * Lets go of what is in quarantine under this id, since it has arrived in a form that is
   * understood or is gone: entries that cannot be {@link Unreadable#mayBeAfter after} that.
   */
  void releaseQuarantine(MessageId id, ServerTime upTo);

  /**
   * Lets go of the entries in quarantine of {@code room} that have an id which {@link #noteSeen}
   * has not noted. Entries of deletions stay: the same entry is told again.
   */
  void releaseUnseen(RoomId room);

  /**
   * Notes that the whole reading of {@code room} that is under way has shown this message, in
   * whatever form.
   */
  void noteSeen(RoomId room, MessageId id);

  /**
   * Live messages of {@code room} that {@link #noteSeen} has not noted, by id.
   *
   * @param limit at least 1
   */
  List<MessageId> unseen(RoomId room, int limit);

  /** Forgets the notes about {@code room}. */
  void forgetSeen(RoomId room);

  /**
   * Removes a room's messages, tombstones, quarantine, messages in question, notes, thread states
   * and state. What the directory says of the room stays, and so does the journal.
   */
  void purge(RoomId room);
}
