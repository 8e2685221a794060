package dev.strandline.store.memory;

import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.ThreadState;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One version of everything that the store holds. */
final class Tables {

  /** A live message, the kind of answer that it came from, and the pages that wrote it. */
  record Row(Message message, Origin origin, MessageLinks.Live links) {}

  /** A tombstone, and the room of its message with the pages that wrote it. */
  record Grave(Tombstone tombstone, MessageLinks.Grave links) {
    RoomId room() {
      return links.room();
    }
  }

  /** An entry in quarantine and the page that it was in. */
  record Quarantine(Quarantined quarantined, long page) {
    MessageLinks.InQuarantine link() {
      return new MessageLinks.InQuarantine(
          Objects.requireNonNull(quarantined.room()),
          quarantined.entry().reason(),
          quarantined.firstSeen(),
          page);
    }
  }

  /** What makes two entries in quarantine the same. */
  record QuarantineKey(@Nullable RoomId room, @Nullable DirectoryList list, String json) {}

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
  final Sheet<QuarantineKey, Quarantine> quarantine;
  final Sheet<MessageId, InQuestion> inQuestion;
  final Sheet<Note, Boolean> notes;
  final Counts counts;
  final Sheet<Long, RunEntry> journalRuns;
  final Sheet<Long, PassEntry> journalPasses;
  final Sheet<Long, PageEntry> journalPages;

  Tables() {
    rooms = Sheet.hashed();
    roomStates = Sheet.hashed();
    threadStates = Sheet.hashed();
    runs = Sheet.hashed();
    messages = Sheet.hashed();
    graves = Sheet.hashed();
    quarantine = Sheet.of(new LinkedHashMap<>(), LinkedHashMap::new);
    inQuestion = Sheet.hashed();
    notes = Sheet.hashed();
    counts = new Counts();
    journalRuns = Sheet.hashed();
    journalPasses = Sheet.hashed();
    journalPages = Sheet.hashed();
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
    inQuestion = from.inQuestion.fork();
    notes = from.notes.fork();
    counts = from.counts.fork();
    journalRuns = from.journalRuns.fork();
    journalPasses = from.journalPasses.fork();
    journalPages = from.journalPages.fork();
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
