package dev.strandline.store.memory;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import java.time.Instant;
import java.util.List;

/** Writes a version of the tables that nobody else sees yet. */
final class MemoryWriter extends MemoryReader implements StoreWriter {

  MemoryWriter(Tables tables) {
    super(tables);
  }

  @Override
  public void putOwner(StoreOwner owner) {
    tables.owner = owner;
  }

  @Override
  public void putDirectory(DirectoryState directory) {
    tables.directory = directory;
  }

  @Override
  public void putRoom(Room room) {
    tables.rooms.put(room.id(), room);
  }

  @Override
  public void putRoomState(RoomState state) {
    makeKnown(state.room());
    tables.roomStates.put(state.room(), state);
  }

  @Override
  public void putThreadState(ThreadState state) {
    makeKnown(state.room());
    tables.threadStates.put(state.root(), state);
  }

  @Override
  public void putScopeRun(ScopeRun run) {
    tables.runs.put(run.scope().toString(), run);
  }

  @Override
  public void putMessage(Message message, Origin origin) {
    makeKnown(message.room());
    tables.messages.put(message.id(), new Tables.Row(message, origin));
  }

  @Override
  public void removeMessage(MessageId id) {
    tables.messages.remove(id);
  }

  @Override
  public void putTombstone(RoomId room, Tombstone tombstone) {
    makeKnown(room);
    tables.graves.put(tombstone.id(), new Tables.Grave(room, tombstone));
  }

  @Override
  public void removeTombstone(MessageId id) {
    tables.graves.remove(id);
  }

  @Override
  public boolean quarantine(RoomId room, Unreadable entry, Instant firstSeen) {
    makeKnown(room);
    Tables.QuarantineKey key = new Tables.QuarantineKey(room, entry.json());
    if (tables.quarantine.map().containsKey(key)) {
      return false;
    }
    tables.quarantine.put(key, new Quarantined(room, entry, firstSeen));
    return true;
  }

  @Override
  public void releaseQuarantine(MessageId id) {
    if (!tables.quarantine.map().isEmpty()) {
      tables.quarantine.removeIf((key, quarantined) -> id.equals(quarantined.entry().id()));
    }
  }

  @Override
  public void noteSeen(RoomId room, MessageId id) {
    tables.notes.put(new Tables.Note(room, id), true);
  }

  @Override
  public List<MessageId> unseen(RoomId room, int limit) {
    return tables.messages.map().values().stream()
        .map(Tables.Row::message)
        .filter(message -> message.room().equals(room) && !tables.isNoted(room, message.id()))
        .map(Message::id)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public void forgetSeen(RoomId room) {
    tables.notes.removeIf((note, value) -> note.room().equals(room));
  }

  @Override
  public void purge(RoomId room) {
    tables.messages.removeIf((id, row) -> row.message().room().equals(room));
    tables.graves.removeIf((id, grave) -> grave.room().equals(room));
    tables.quarantine.removeIf((key, quarantined) -> key.room().equals(room));
    tables.threadStates.removeIf((root, state) -> state.room().equals(room));
    tables.roomStates.remove(room);
    forgetSeen(room);
  }

  private void makeKnown(RoomId room) {
    if (!tables.rooms.map().containsKey(room)) {
      putRoom(Room.builder(room).build());
    }
  }
}
