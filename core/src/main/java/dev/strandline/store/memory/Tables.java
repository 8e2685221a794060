package dev.strandline.store.memory;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.ThreadState;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One version of everything that the store holds. */
final class Tables {

  /** A live message and the kind of answer that it came from. */
  record Row(Message message, Origin origin) {}

  /** A tombstone and the room of its message. */
  record Grave(RoomId room, Tombstone tombstone) {}

  /** What makes two entries in quarantine the same. */
  record QuarantineKey(RoomId room, String json) {}

  /** A message that a whole reading of a room has shown. */
  record Note(RoomId room, MessageId id) {}

  @Nullable StoreOwner owner;
  DirectoryState directory = DirectoryState.UNREAD;
  final Sheet<RoomId, Room> rooms;
  final Sheet<RoomId, RoomState> roomStates;
  final Sheet<MessageId, ThreadState> threadStates;
  final Sheet<String, ScopeRun> runs;
  final Sheet<MessageId, Row> messages;
  final Sheet<MessageId, Grave> graves;
  final Sheet<QuarantineKey, Quarantined> quarantine;
  final Sheet<Note, Boolean> notes;

  Tables() {
    rooms = Sheet.hashed();
    roomStates = Sheet.hashed();
    threadStates = Sheet.hashed();
    runs = Sheet.hashed();
    messages = Sheet.hashed();
    graves = Sheet.hashed();
    quarantine = Sheet.of(new LinkedHashMap<>(), LinkedHashMap::new);
    notes = Sheet.hashed();
  }

  private Tables(Tables from) {
    owner = from.owner;
    directory = from.directory;
    rooms = from.rooms.fork();
    roomStates = from.roomStates.fork();
    threadStates = from.threadStates.fork();
    runs = from.runs.fork();
    messages = from.messages.fork();
    graves = from.graves.fork();
    quarantine = from.quarantine.fork();
    notes = from.notes.fork();
  }

  /** A version that starts as this one. */
  Tables fork() {
    return new Tables(this);
  }

  /** Whether {@code id} has been noted for {@code room}. */
  boolean isNoted(RoomId room, MessageId id) {
    return notes.map().containsKey(new Note(room, id));
  }

  /** The rooms that have notes. */
  Set<RoomId> notedRooms() {
    return notes.map().keySet().stream()
        .map(Note::room)
        .collect(java.util.stream.Collectors.toSet());
  }
}
